/* Preloaded into the server: sets its wall clock, and nothing else. The file that PARLEY_FAULTS_CLOCK names holds the seconds to add. The monotonic clock
   goes on as it is, as it does when an administrator sets a real clock; libfaketime with the same wish leaves .NET's timed waits hanging (tried, 0.9.10). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long offset_seconds(void)
{
    static _Thread_local long offset, read_at;
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC_COARSE, &now);
    long ticks = now.tv_sec * 100 + now.tv_nsec / 10000000; /* the file is read 100 times a second at the most */
    if (ticks == read_at)
        return offset;
    read_at = ticks;
    const char *path = getenv("PARLEY_FAULTS_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return offset;
    char text[32];
    long count = read(file, text, sizeof text - 1);
    close(file);
    if (count > 0) {
        text[count] = 0;
        offset = strtol(text, 0, 10);
    }
    return offset;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    long failed = syscall(SYS_clock_gettime, clock, time);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        time->tv_sec += offset_seconds();
    return (int)failed;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out)
        *out = now.tv_sec;
    return now.tv_sec;
}
