using System.Text;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Messages;
using Parley.Server.Storage;

namespace Parley.Server.Tests.Doors;

/// <summary>
/// A third way in, which shows that one more needs nothing of a feature and nothing of Events/: lines of text, without numbers, marks, frames or JSON.
/// <c>login NAME PASSWORD</c>, <c>say CHANNEL TEXT</c>, <c>tell NAME TEXT</c>, <c>make CHANNEL</c>.
/// </summary>
internal sealed class LineDoor(DoorParts parts) : Door
{
    private const int LongestLine = 4096;

    private readonly LineDialect _dialect = new();
    private readonly Dictionary<string, Route> _routes = new()
    {
        ["login"] = parts.Features.Routes["auth_login"],
        ["say"] = parts.Features.Routes["message"],
        ["tell"] = parts.Features.Routes["private_message"],
        ["make"] = parts.Features.Routes["channel_create"],
    };

    public override DoorSession Begin(Outbox outbox) => new LineSession(new Receiver(outbox, _dialect));

    /// <summary>Of a connection that has come by another door.</summary>
    public DoorSession Begin(Receiver receiver)
    {
        receiver.Dialect = _dialect;
        return new LineSession(receiver);
    }

    public override async Task ServeAsync(Connection connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestLine];
        var length = 0;
        while (await connection.Transport.ReceiveAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var received)
        {
            length += received;
            while (Array.IndexOf(buffer, (byte)'\n', 0, length) is >= 0 and var end)
            {
                var line = Encoding.UTF8.GetString(buffer, 0, end);
                length -= end + 1;
                Array.Copy(buffer, end + 1, buffer, 0, length);
                await CarryOutAsync(connection, line, cancellationToken);
            }

            if (length == buffer.Length)
            {
                connection.EndWith(new Closing(CloseReason.ProtocolViolation, "A line is too long.", ReconnectAdvice.Never));
                return;
            }
        }
    }

    private async Task CarryOutAsync(Connection connection, string line, CancellationToken cancellationToken)
    {
        var words = line.Split(' ', 3);
        var route = _routes.GetValueOrDefault(words[0]);
        if (!await CommandPipeline.AdmitAsync(connection, new Request(words[0], route, null, line.Length), cancellationToken) || route is null)
            return;
        Command? command = words switch
        {
            ["login", var name, var password] => new LogIn(name, password),
            ["say", var channel, var text] => new SayMessage(channel, text),
            ["tell", var name, var text] => new SayPrivately(name, text),
            ["make", var channel] => new CreateChannel(channel, ""),
            _ => null,
        };
        await parts.Pipeline.RunAsync(connection, route, command, null, cancellationToken);
    }
}

/// <summary>What it says of events.</summary>
internal sealed class LineDialect : Dialect
{
    public static void WriteLine(ByteBlock block, string? line)
    {
        if (line is not null)
            block.Append(Encoding.UTF8.GetBytes(line + "\n"));
    }

    public override void Write(ByteBlock block, ServerEvent happened) => WriteLine(block, happened switch
    {
        MessageWasSaid said => $"#{said.ChannelName} {said.Author.Username}: {said.Content}",
        DirectMessageWasSaid said => $"@ {said.Author.Username}: {said.Content}",
        ChannelAppeared created => $"+ #{created.Channel.Name}",
        MemberCameOrWent member => $"~ {member.Username} {(member.IsHere ? "is here" : "has gone")}",
        _ => null,
    });

    public override byte[] Overflow(Closing word) => Encoding.UTF8.GetBytes($"bye {word.Reason}\n");
}

/// <summary>One connection: its answers.</summary>
internal sealed class LineSession(Receiver receiver) : DoorSession(receiver)
{
    public override void Write(ByteBlock block, Answer answer) => LineDialect.WriteLine(block, answer.Outcome switch
    {
        { Refusal: { } refusal } => $"no {refusal.Code} {string.Join(' ', refusal.Values)}",
        { Reply: AuthResult { Success: false } result } => $"no login {result.Error}",
        { Reply: not null } => "ok",
        _ => null,
    });

    public override void Write(ByteBlock block, Closing word) => LineDialect.WriteLine(block, $"bye {word.Reason}");

    public override InitialSnapshot Enter(Connection connection, Identity identity, AuthResult? login, RequestRef? reference) => new LineSnapshot(identity);

    private sealed class LineSnapshot(Identity identity) : InitialSnapshot(identity)
    {
        public override Listening Listening => Listening.ToAll;

        public override void Look(FanOut fanOut)
        {
        }

        public override HeldAnswer Read(DatabaseConnection db, ChosenStatus chosen)
        {
            var block = ByteBlock.Rent();
            LineDialect.WriteLine(block, $"hello {Identity.Username}");
            return new HeldAnswer(block, _ => false);
        }
    }
}
