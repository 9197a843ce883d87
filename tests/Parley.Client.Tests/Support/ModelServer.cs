using System.Net;
using System.Net.Sockets;
using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Support;

/// <summary>
/// A server on a real socket whose messages change. Its users come by token; what others do, a test does in their names. Pages can be held up: they are
/// read when they are asked for and told later, behind what happens meanwhile.
/// </summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ModelConnection> _connections = [];
    private readonly Dictionary<string, Answered> _nonces = [];
    private readonly Dictionary<(UserId User, ChannelId Room), long> _read = [];
    private readonly Task _serving;

    internal ModelServer(int rooms = 1)
    {
        Rooms = [.. Enumerable.Range(1, rooms).Select(i => new ModelRoom(new ChannelId(i), $"room-{i}"))];
        _listener.Start();
        Address = new ServerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, UseTls: false);
        _serving = AcceptAsync();
    }

    internal static UserId Alice { get; } = new(1);

    internal static Session Session { get; } = new(new string('0', 64), "user_1");

    internal ServerAddress Address { get; }

    internal Lock Gate { get; } = new();

    internal IReadOnlyList<ModelRoom> Rooms { get; }

    /// <summary>Whether pages are held up until <see cref="ReleaseOne"/>.</summary>
    internal bool HoldsPages { get; set; }

    /// <summary>Nobody gets in.</summary>
    internal bool IsDown { get; set; }

    /// <summary>What is refused for good, by its type.</summary>
    internal string? Refuses { get; init; }

    /// <summary>Every request so far.</summary>
    internal List<Command> Asked { get; } = [];

    /// <summary>Says and changes in the name of others, and tells everybody.</summary>
    internal void Do(Func<ModelRoom, ChannelEvent?> act, int room = 0)
    {
        lock (Gate)
        {
            if (act(Rooms[room]) is { } happened)
                Tell(new EventPushed(Rooms[room].Id, happened, null));
        }
    }

    /// <summary>Lets one page through that is held up, of whatever connection.</summary>
    internal bool ReleaseOne()
    {
        lock (Gate)
            return _connections.Any(connection => connection.ReleaseOne());
    }

    /// <summary>From now on nothing is held up.</summary>
    internal void ReleaseAll()
    {
        lock (Gate)
            HoldsPages = false;
        while (ReleaseOne())
        {
        }
    }

    /// <summary>Cuts every connection.</summary>
    internal void Cut()
    {
        lock (Gate)
        {
            _connections.ForEach(connection => connection.Dispose());
            _connections.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _serving;
        _stop.Dispose();
    }

    /// <summary>Carries a request out. Called with the gate held.</summary>
    internal void Carry(ModelConnection asker, Command command)
    {
        Asked.Add(command);
        switch (command)
        {
            case { } refused when refused.Type == Refuses:
                asker.Answer(new ErrorMessage(ErrorCode.Forbidden, "You may not do that."), command);
                break;
            case Hello:
                asker.Answer(Ready(), command);
                asker.IsReady = true;
                break;
            case ReadHistory { ChannelId: { } id } ask:
                asker.Answer(RoomOf(id).Read(ask, Alice), command, mayBeHeld: true);
                break;
            case SayMessage { ChannelId: { } id, Nonce: { } nonce } say:
                Once(asker, command, nonce, RoomOf(id), room => room.Say(Alice, say.Content ?? "", say.ReplyTo));
                break;
            case EditMessage { MessageId: { } message, Nonce: { } nonce } edit:
                Once(asker, command, nonce, RoomOf(message), room => room.Edit(message, Alice, edit.Content ?? ""));
                break;
            case DeleteMessage { MessageId: { } message, Nonce: { } nonce }:
                Once(asker, command, nonce, RoomOf(message), room => room.Delete(message, Alice));
                break;
            case AddReaction { MessageId: { } message, Emoji: { } emoji, Nonce: { } nonce }:
                Once(asker, command, nonce, RoomOf(message), room => room.React(message, Alice, emoji, isOn: true));
                break;
            case RemoveReaction { MessageId: { } message, Emoji: { } emoji, Nonce: { } nonce }:
                Once(asker, command, nonce, RoomOf(message), room => room.React(message, Alice, emoji, isOn: false));
                break;
            case MarkRead { ChannelId: { } id, Number: { } number }:
                _read[(Alice, id)] = Math.Max(number, _read.GetValueOrDefault((Alice, id)));
                asker.Answer(new Done(), command);
                Tell(new ReadMoved(id, _read[(Alice, id)], RoomOf(id).Unread(Alice, _read[(Alice, id)]), RoomOf(id).Mentions(Alice, _read[(Alice, id)])));
                break;
            case Ping:
                asker.Answer(new Pong(), command);
                break;
            default:
                asker.Answer(new Done(), command);
                break;
        }
    }

    private ModelRoom RoomOf(ChannelId id) => Rooms.Single(room => room.Id == id);

    private ModelRoom RoomOf(MessageId id) => Rooms.Single(room => room.Messages.Contains(id));

    // The same nonce again gets the first one's answer, and nothing happens.
    private void Once(ModelConnection asker, Command command, string nonce, ModelRoom room, Func<ModelRoom, ChannelEvent?> act)
    {
        if (!_nonces.TryGetValue(nonce, out var answered))
        {
            var happened = act(room);
            _nonces[nonce] = answered = new Answered(happened);
            if (happened is not null)
                Tell(new EventPushed(room.Id, happened, nonce));
        }

        if (command is SayMessage && answered.Event is { } said)
            asker.Answer(new Ack(room.Id, said.Number, said.MessageId, said.Timestamp, nonce), command);
        else
            asker.Answer(new Done(room.Id) { Number = answered.Event?.Number }, command);
    }

    private Ready Ready() => new(
        "e1",
        "model",
        new SelfState(Alice, "user_1"),
        [.. Rooms.Select(room => new ChannelState(
            room.Id, room.Name, "", room.LastNumber, ReadOf(room), room.Unread(Alice, ReadOf(room)), room.Mentions(Alice, ReadOf(room))))],
        [],
        [new MemberState(Alice, "user_1", MemberStatus.Online)]);

    private long ReadOf(ModelRoom room) => _read.GetValueOrDefault((Alice, room.Id));

    private void Tell<T>(T message) where T : ServerMessage
    {
        foreach (var connection in _connections.Where(connection => connection.IsReady))
            connection.Tell(message);
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                if (IsDown)
                {
                    socket.Dispose();
                    continue;
                }

                var connection = new ModelConnection(this, socket);
                lock (Gate)
                    _connections.Add(connection);
                serving.Add(connection.RunAsync());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            Cut();
            await Task.WhenAll(serving);
        }
    }

    private sealed record Answered(ChannelEvent? Event);
}
