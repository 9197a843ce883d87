using System.Globalization;

namespace Parley.Server.Measuring;

/// <summary>A status as the operator reads it.</summary>
internal static class StatusText
{
    public static string Of(ServerStatus status)
    {
        List<string> lines =
        [
            $"{status.Server}, up {Up(status.UptimeSeconds)}, {Size(status.ResidentBytes)} of memory",
            $"connections  {status.Members} logged in, {status.Unauthenticated} not yet, from {Number(status.Addresses)} addresses; " +
                $"{Number(status.Arrivals)} logins since the start",
        ];
        lines.AddRange(status.Queues.Select(q => $"queue        {q.Name}: {Number(q.Depth)} " +
            $"waiting{(q.Depth == 0 ? "" : $", the oldest for {q.OldestMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms")}"));
        lines.Add($"writes       {Number(status.WritesDone)} done, {Number(status.WritesFailed)} failed");
        lines.Add($"passwords    {Number(status.HashesDone)} looked at, {Number(status.HashesRefused)} refused");
        lines.Add($"refused      {Number(status.CostsRefused)} frames for what they cost");
        lines.Add($"bytes        {Size(status.WaitingBytes)} wait for connections that are behind, {Size(status.LongFrameBytes)} of long frames; " +
            $"{Number(status.SlowClosed)} closed for being behind");
        return string.Join('\n', lines);
    }

    private static string Up(long seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.Days > 0 ? $"{time.Days} d {time.Hours} h" : time.Hours > 0 ? $"{time.Hours} h {time.Minutes} min" : $"{time.Minutes} min {time.Seconds} s";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes) => $"{(bytes / 1024.0 / 1024.0).ToString("0.0", CultureInfo.InvariantCulture)} MiB";
}
