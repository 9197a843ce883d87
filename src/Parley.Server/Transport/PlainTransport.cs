using System.Net;
using System.Net.Sockets;
using Parley.Server.Limits;

namespace Parley.Server.Transport;

/// <summary>A plain TCP connection.</summary>
internal sealed class PlainTransport : Transport
{
    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;

    public PlainTransport(Socket socket)
    {
        _socket = socket;
        _handle = socket.SafeHandle;
        Address = ConnectionLimits.KeyOf(socket.RemoteEndPoint);
        socket.NoDelay = true;
        // A peer whose machine died is noticed after two minutes; one that is merely silent stays.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        // A synchronous send on a non-blocking socket answers "would block" instead of waiting; the asynchronous calls do not care.
        socket.Blocking = false;
    }

    public override IPAddress Address { get; }

    public override bool IsFlushed => true;

    public override SafeSocketHandle? Socket => _handle;

    public override ValueTask<int> WaitToReceiveAsync(CancellationToken cancellationToken) =>
        _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);

    public override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);

    public override int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsLinux())
            return LinuxSend.Send(_handle, bytes);
        var sent = 0;
        while (sent < bytes.Length)
        {
            var n = _socket.Send(bytes[sent..], SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                break;
            if (error != SocketError.Success)
                throw new IOException("The peer is gone.", new SocketException((int)error));
            sent += n;
        }

        return sent;
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
    }

    public override bool TryFinishSending(bool isReading)
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The peer was faster; there is nobody to tell.
        }

        return true;
    }

    public override void Abort() => _socket.Dispose();

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
