using System.Net.Sockets;
using System.Text;
using Parley.Load.Wire;

namespace Parley.Load.Rooms;

/// <summary>A member of an IRC channel (RFC 2812), for measuring peers under the same load.</summary>
internal sealed class IrcMember(Socket socket, string nick) : LineConnection(socket), IMember
{
    private const string Room = "#load";
    private readonly TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Tally Tally { get; } = new();

    public long Acknowledged => 0;

    public long Refused => 0;

    public async Task EnterAsync(CancellationToken cancel)
    {
        Write($"NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n");
        await _registered.Task.WaitAsync(cancel);
        Write($"JOIN {Room}\r\n");
        await _joined.Task.WaitAsync(cancel);
    }

    public void Say(Stamp stamp, int length) => Write($"PRIVMSG {Room} :{stamp.ToText(length)}\r\n");

    protected override void OnLine(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("PING"u8))
        {
            Write($"PONG{Encoding.ASCII.GetString(line[4..])}\r\n");
            return;
        }

        if (line.StartsWith("ERROR"u8))
            SetEndReason(Encoding.ASCII.GetString(line));
        var space = line.IndexOf((byte)' ');
        if (space < 0)
            return;
        var command = line[(space + 1)..];
        if (command.StartsWith("PRIVMSG "u8))
            Tally.Take(command, Loop);
        else if (command.StartsWith("376 "u8) || command.StartsWith("422 "u8)) // the message of the day has ended, or there is none
            _registered.TrySetResult();
        else if (command.StartsWith("366 "u8)) // the names of the channel have ended
            _joined.TrySetResult();
    }

    protected override void Ended(string reason)
    {
        _registered.TrySetException(new IOException(reason));
        _joined.TrySetException(new IOException(reason));
    }

    private void Write(string line) => Send(Encoding.UTF8.GetBytes(line));
}
