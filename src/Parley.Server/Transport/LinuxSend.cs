using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Parley.Server.Transport;

/// <summary>
/// Linux's own <c>send</c>, without waiting. Through <see cref="Socket"/> each call passes a queue with a lock of its own and touches five objects more, which
/// are in no cache where hundreds of receivers are served in a row (docs/performance.md, "What was changed"). The handle is counted up for the call: nobody can
/// close it and give its number to another meanwhile.
/// </summary>
internal static partial class LinuxSend
{
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    /// <summary>Sends what the kernel has space for.</summary>
    /// <returns>How many bytes it took.</returns>
    /// <exception cref="IOException">The peer is gone.</exception>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        var sent = 0;
        while (sent < bytes.Length)
        {
            var n = Send(socket, in bytes[sent], bytes.Length - sent, DontWait | NoSignal);
            if (n >= 0)
            {
                sent += (int)n;
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock)
                break;
            if (error != Interrupted)
                throw new IOException($"The peer is gone (errno {error}).");
        }

        return sent;
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, in byte bytes, nint length, int flags);
}
