using System.Runtime.InteropServices;

namespace Parley.Server.Transport;

/// <summary>The same by a <c>send</c> for each: where the system has no ring (send(2)).</summary>
internal sealed partial class LinuxSendBatch : SendBatch
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;

    private readonly (int Descriptor, nint Bytes, int Length)[] _added = new (int, nint, int)[Entries];
    private readonly int[] _results = new int[Entries];
    private int _count;

    public override void Add(int descriptor, nint bytes, int length) => _added[_count++] = (descriptor, bytes, length);

    public override ReadOnlySpan<int> Submit()
    {
        for (var i = 0; i < _count; i++)
            _results[i] = Send(_added[i].Descriptor, _added[i].Bytes, _added[i].Length);
        _count = 0;
        return _results;
    }

    public override void Dispose()
    {
        // It holds nothing of the system's.
    }

    private static int Send(int descriptor, nint bytes, int length)
    {
        while (true)
        {
            var sent = Send(descriptor, bytes, length, DontWait | NoSignal);
            if (sent >= 0)
                return (int)sent;
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                return -error;
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int descriptor, nint bytes, nint length, int flags);
}
