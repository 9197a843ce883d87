using System.Runtime.InteropServices;

namespace Parley.Server.Transport;

/// <summary>
/// Many sends by one system call: a ring of Linux's io_uring (io_uring(7)), used for nothing but sends that do not wait (docs/adr/0013).
/// </summary>
internal sealed unsafe partial class LinuxRing : SendBatch
{
    private const int SetupCall = 425; // The same numbers on every architecture.
    private const int EnterCall = 426;
    private const uint SubmitAll = 1 << 7;
    private const uint GetEvents = 1;
    private const byte SendOperation = 26;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;

    // Of Linux 6.0 and later, where a send that must not wait surely never does; one mapping for both queues is older.
    private const uint NeededFeatures = (1 << 12) | 1;

    private readonly nint _descriptor;
    private readonly (nint Start, nint Length)[] _mapped;
    private readonly uint* _submittedHead;
    private readonly uint* _submittedTail;
    private readonly uint* _completedHead;
    private readonly uint* _completedTail;
    private readonly Submission* _submissions;
    private readonly Completion* _completions;
    private readonly uint _submissionMask;
    private readonly uint _completionMask;
    private readonly int[] _results = new int[Entries];
    private int _added;
    private int _isDisposed;

    private LinuxRing(nint descriptor, in Parameters parameters, byte* queues, Submission* submissions, (nint, nint)[] mapped)
    {
        _descriptor = descriptor;
        _mapped = mapped;
        _submissions = submissions;
        _submittedHead = (uint*)(queues + parameters.Submitted.Head);
        _submittedTail = (uint*)(queues + parameters.Submitted.Tail);
        _submissionMask = *(uint*)(queues + parameters.Submitted.Mask);
        _completedHead = (uint*)(queues + parameters.Completed.Head);
        _completedTail = (uint*)(queues + parameters.Completed.Tail);
        _completionMask = *(uint*)(queues + parameters.Completed.Mask);
        _completions = (Completion*)(queues + parameters.Completed.Entries);
        var order = (uint*)(queues + parameters.Submitted.Order);
        for (var i = 0u; i <= _submissionMask; i++)
            order[i] = i;
    }

    /// <summary>A ring; null where this system has none, is too old or forbids it, as many containers do.</summary>
    public static new LinuxRing? TryCreate()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || Environment.GetEnvironmentVariable("PARLEY_IO_URING") == "0")
            return null;
        var parameters = new Parameters { Flags = SubmitAll };
        var descriptor = SystemCall(SetupCall, Entries, (nint)(&parameters), 0, 0, 0, 0);
        if (descriptor < 0)
            return null;
        var queueBytes = (nint)Math.Max(
            parameters.Submitted.Order + (parameters.SubmissionEntries * sizeof(uint)), parameters.Completed.Entries + (
                parameters.CompletionEntries * (uint)sizeof(Completion)));
        var submissionBytes = (nint)parameters.SubmissionEntries * sizeof(Submission);
        var queues = (parameters.Features & NeededFeatures) == NeededFeatures ? Map(descriptor, queueBytes, offset: 0) : null;
        var submissions = queues is null ? null : Map(descriptor, submissionBytes, offset: 0x10000000);
        if (submissions is not null)
            return new LinuxRing(descriptor, parameters, queues, (Submission*)submissions, [((nint)queues, queueBytes), ((nint)submissions, submissionBytes)]);
        if (queues is not null)
            _ = Unmap((nint)queues, queueBytes);
        _ = Close((int)descriptor);
        return null;
    }

    // The descriptor's number and the addresses may be somebody else's after the first time.
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        foreach (var (start, length) in _mapped)
            _ = Unmap(start, length);
        _ = Close((int)_descriptor);
    }

    public override void Add(int descriptor, nint bytes, int length)
    {
        _submissions[(*_submittedTail + (uint)_added) & _submissionMask] = new Submission
        {
            Operation = SendOperation,
            Descriptor = descriptor,
            Bytes = (ulong)bytes,
            Length = (uint)length,
            Flags = DontWait | NoSignal,
            Slot = (ulong)_added,
        };
        _results[_added++] = WouldBlock;
    }

    public override ReadOnlySpan<int> Submit()
    {
        var (added, completed) = (_added, 0);
        _added = 0;
        Volatile.Write(ref *_submittedTail, *_submittedTail + (uint)added);
        while (completed < added)
        {
            var left = *_submittedTail - Volatile.Read(ref *_submittedHead);
            var entered = SystemCall(EnterCall, _descriptor, (nint)left, added - completed, (nint)GetEvents, 0, 0);
            var error = entered < 0 ? Marshal.GetLastPInvokeError() : 0;
            completed += TakeResults();
            if (error is 0 or Interrupted)
                continue;
            // Out of memory, or worse. What the kernel has not taken is taken back, and counts as a send that found no space.
            added -= (int)(*_submittedTail - Volatile.Read(ref *_submittedHead));
            Volatile.Write(ref *_submittedTail, Volatile.Read(ref *_submittedHead));
        }

        return _results;
    }

    private int TakeResults()
    {
        var (head, tail) = (*_completedHead, Volatile.Read(ref *_completedTail));
        for (var at = head; at != tail; at++)
        {
            var completion = _completions[at & _completionMask];
            _results[(int)completion.Slot] = completion.Result;
        }

        Volatile.Write(ref *_completedHead, tail);
        return (int)(tail - head);
    }

    private static byte* Map(nint descriptor, nint length, nint offset)
    {
        const int ReadAndWrite = 3;
        const int SharedAndPopulated = 0x8001;
        var mapped = MapMemory(0, length, ReadAndWrite, SharedAndPopulated, (int)descriptor, offset);
        return mapped == -1 ? null : (byte*)mapped;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MapMemory(nint address, nint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    // The kernel's struct io_uring_params and what lies in it (linux/io_uring.h).
    [StructLayout(LayoutKind.Sequential)]
    private struct Parameters
    {
        public uint SubmissionEntries;
        public uint CompletionEntries;
        public uint Flags;
        public uint ThreadProcessor;
        public uint ThreadIdle;
        public uint Features;
        public uint Workers;
        public uint Reserved0;
        public uint Reserved1;
        public uint Reserved2;
        public SubmissionOffsets Submitted;
        public CompletionOffsets Completed;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SubmissionOffsets
    {
        public uint Head;
        public uint Tail;
        public uint Mask;
        public uint EntryCount;
        public uint Flags;
        public uint Dropped;
        public uint Order;
        public uint Reserved;
        public ulong Address;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct CompletionOffsets
    {
        public uint Head;
        public uint Tail;
        public uint Mask;
        public uint EntryCount;
        public uint Overflow;
        public uint Entries;
        public uint Flags;
        public uint Reserved;
        public ulong Address;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Submission
    {
        [FieldOffset(0)]
        public byte Operation;
        [FieldOffset(4)]
        public int Descriptor;
        [FieldOffset(16)]
        public ulong Bytes;
        [FieldOffset(24)]
        public uint Length;
        [FieldOffset(28)]
        public int Flags;
        [FieldOffset(32)]
        public ulong Slot;
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private struct Completion
    {
        [FieldOffset(0)]
        public ulong Slot;
        [FieldOffset(8)]
        public int Result;
    }
}
