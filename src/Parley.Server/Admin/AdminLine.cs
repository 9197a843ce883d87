using System.Net.Sockets;

namespace Parley.Server.Admin;

/// <summary>Lines of JSON on the operator's socket, of bounded length; a longer one ends the connection.</summary>
internal sealed class AdminLine(NetworkStream stream, int mostBytes)
{
    private readonly byte[] _buffer = new byte[mostBytes];
    private int _filled;

    /// <summary>The next line without its end; null where there is none any more, or where it is too long.</summary>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = _buffer.AsSpan(0, _filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsSpan(0, end).ToArray();
                _buffer.AsSpan(end + 1, _filled - end - 1).CopyTo(_buffer);
                _filled -= end + 1;
                return line;
            }

            if (_filled == _buffer.Length)
                return null;
            var received = await stream.ReadAsync(_buffer.AsMemory(_filled), cancellationToken);
            if (received == 0)
                return null;
            _filled += received;
        }
    }

    public async Task WriteAsync(byte[] line, CancellationToken cancellationToken) => await stream.WriteAsync((byte[])[.. line, (byte)'\n'], cancellationToken);
}
