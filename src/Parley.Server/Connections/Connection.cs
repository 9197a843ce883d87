using System.Net;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>
/// One connection: its reader takes frames in order, one after the other, until the peer, the server or a broken rule ends it. Everything that leaves goes by
/// the fan-out, in the order of the requests.
/// </summary>
#pragma warning disable CA1001 // The source holds no handle, and ends with the connection.
internal sealed class Connection
#pragma warning restore CA1001
{
    // How long a peer gets to take its last bytes.
    private static readonly TimeSpan LastBytes = TimeSpan.FromSeconds(2);

    private readonly ServerParts _parts;
    private readonly ConnectionLimits _connections;
    private readonly Transport.Transport _transport;
    private readonly PendingWrites _writes;
    private readonly Door _door;
    private readonly Purse _purse;
    private readonly CancellationTokenSource _ended = new();
    private Closing? _lastWord;
    private StrangerWatch? _stranger;
    private FrameBucket _frames;
    private ArrivalClock _arrivals;
    private Task _lastPage = Task.CompletedTask;

    public Connection(ServerParts parts, ConnectionLimits connections, Transport.Transport transport, Door door)
    {
        _parts = parts;
        _connections = connections;
        _transport = transport;
        _purse = new Purse(connections.Spending);
        _frames = new FrameBucket(parts.Limits.FramesPerSecond, parts.Time);
        _arrivals = new ArrivalClock(parts.Time);
        _door = door;
        Session = door.Begin(new Outbox(transport, parts.FanOut.Waiting));
        _writes = new PendingWrites(parts.WriteQueue, parts.FanOut, Receiver, Address);
    }

    /// <summary>Where the peer is, as limits count it.</summary>
    public IPAddress Address => _transport.Address;

    /// <summary>This connection as the fan-out sees it.</summary>
    public Receiver Receiver => Session.Receiver;

    /// <summary>This connection as its door sees it. Another one may take its place before somebody has logged in.</summary>
    public DoorSession Session { get; set; }

    /// <summary>Where the bytes come from.</summary>
    public Transport.Transport Transport => _transport;

    /// <summary>What the client said that it is; empty where it said nothing.</summary>
    public string ClientName { get; set; } = "";

    /// <summary>Called when the connection has ended.</summary>
    public Action? Ended { get; set; }

    /// <summary>Now, in microseconds after the Unix epoch.</summary>
    public long Now => WireTime.ToMicroseconds(_parts.Time.GetUtcNow());

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        Receiver.Outbox.Overflowed = () => _ended.CancelAfter(LastBytes);
        var refusal = _connections.TryEnter(Address);
        try
        {
            if (refusal is null)
            {
                _purse.EnterAddress(Address);
                await ServeAsync(_ended.Token);
                return;
            }

            _lastWord = new Closing(CloseReason.Limit, refusal, ReconnectAdvice.Later);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer went, or was sent away: either way this connection ends.
        }
        finally
        {
            await EndAsync();
            if (refusal is null)
                LeaveLimits();
        }
    }

    /// <summary>Ends the connection from outside, with a last word.</summary>
    public void Close(Closing lastWord)
    {
        _lastWord ??= lastWord;
        _ended.Cancel();
    }

    /// <summary>The connection ends when its door has ended, with this last word; an earlier one stands.</summary>
    public void EndWith(Closing lastWord) => _lastWord ??= lastWord;

    /// <summary>Counts a request; false where this connection sends faster than it may.</summary>
    public bool TryTakeFrame() => _frames.TryTake();

    /// <summary>Pays for a request; false where the user or the address has not enough left.</summary>
    public bool TryPay(Cost cost, int payloadBytes) => _purse.TryPay(cost.Points, payloadBytes);

    /// <summary>When the message that is looked at now arrived.</summary>
    public long MessageArrived() => _arrivals.Next(_parts.Limits.MessagesPerSecond);

    /// <summary>Nothing more is there: what comes from now on comes now.</summary>
    public void CaughtUp() => _arrivals.CaughtUp();

    /// <summary>The door did not look for so long.</summary>
    public void StoodStill(TimeSpan howLong) => _arrivals.StoodStill(howLong);

    /// <summary>What a stranger may ask for begins to be carried out.</summary>
    public void AttemptBegins() => _stranger?.Spoke();

    /// <summary>It was carried out.</summary>
    public void AttemptEnded()
    {
        if (Receiver.Identity is not { } identity)
        {
            _stranger?.Waits();
            return;
        }

        _purse.EnterUser(identity.Id);
        _connections.Arrived();
        EndStranger();
    }

    /// <summary>Leaves by the fan-out, after this connection's writes.</summary>
    public void Say(IFanOutItem item) => _writes.Say(Receiver.IsArriving ? new ArrivingItem(item, Broke) : item);

    public void Refuse(Refusal refusal, RequestRef? reference, Command? command = null) => Say(Outcome.Refuse(refusal), reference, command);

    public void Say(Outcome outcome, RequestRef? reference, Command? command = null) => Say(new OutcomeItem(Session, new Answer(command, reference, outcome)));

    /// <inheritdoc cref="PendingWrites.WriteAsync"/>
    public ValueTask WriteAsync<TCommand>(IWriteHandler<TCommand> handler, TCommand command, RequestRef? reference, CancellationToken cancellationToken)
        where TCommand : Command => _writes.WriteAsync(handler, command, new Asker(Session, Identity, reference, Now), cancellationToken);

    /// <inheritdoc cref="PendingWrites.SayAsync"/>
    public ValueTask SayAsync<TCommand>(ISayHandler<TCommand> handler, TCommand command, RequestRef? reference, CancellationToken cancellationToken)
        where TCommand : Command => _writes.SayAsync(handler, command, new Asker(Session, Identity, reference, Now), cancellationToken);

    /// <inheritdoc cref="PendingWrites.WriteStepAsync"/>
    public Task<T> WriteStepAsync<T>(Func<StoreConnection, T> write, CancellationToken cancellationToken) => _writes.WriteStepAsync(write, cancellationToken);

    /// <inheritdoc cref="PendingWrites.SettledAsync"/>
    public ValueTask WritesSettledAsync(CancellationToken cancellationToken) => _writes.SettledAsync(cancellationToken);

    /// <inheritdoc cref="PendingWrites.CommitsToldAsync"/>
    public Task CommitsToldAsync(CancellationToken cancellationToken) => _writes.CommitsToldAsync(cancellationToken);

    /// <summary>Carries out a command that reads, after this connection's writes.</summary>
    public async ValueTask ReadAsync<TCommand>(IReadHandler<TCommand> handler, TCommand command, RequestRef? reference, CancellationToken cancellationToken)
        where TCommand : Command
    {
        await LastPageLeftAsync(cancellationToken);
        var (page, place) = await _connections.Pages.MakeAsync(Identity.Id, _purse, Make, cancellationToken);
        SayPage(page, page.Bytes, place.Dispose);

        WrittenAnswer Make()
        {
            var outcome = _parts.Database.Read(store => handler.Handle(command, new CommandContext(Identity, Now, store)));
            return WrittenAnswer.Of(Session, new Answer(command, reference, outcome));
        }
    }

    /// <summary>
    /// Completes when this connection's writes are settled and the page before the one that is asked for is on its way: pages asked for in one go must not pile
    /// up for a peer that cannot have read them yet.
    /// </summary>
    public async ValueTask LastPageLeftAsync(CancellationToken cancellationToken)
    {
        await WritesSettledAsync(cancellationToken);
        await _lastPage.WaitAsync(cancellationToken);
        await Receiver.Outbox.RoomAsync().WaitAsync(cancellationToken);
        if (_purse.UntilNextPage is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, _parts.Time, cancellationToken);
    }

    /// <summary>Says a page of something: the next one is not looked for before it was handed over.</summary>
    /// <param name="answer">What to say.</param>
    /// <param name="bytes">How long it is, about.</param>
    /// <param name="handedOver">Called then.</param>
    public void SayPage(IFanOutItem answer, int bytes, Action? handedOver = null)
    {
        _purse.TookPage(bytes);
        var page = new Page(answer, handedOver);
        _lastPage = page.HandedOver;
        Say(page);
    }

    /// <summary>Completes when the fan-out has applied <paramref name="apply"/>; fails where that failed.</summary>
    public async Task ApplyAsync(Action<FanOut> apply, CancellationToken cancellationToken)
    {
        var item = new AwaitedItem(apply);
        if (!_parts.FanOut.Post(item))
            throw new OperationCanceledException("The server stops.");
        await item.Task.WaitAsync(cancellationToken);
    }

    // On the fan-out's thread, which must not carry out what waits for the end.
    private void Broke()
    {
        _lastWord ??= Holding.Unfinished;
        _ = _ended.CancelAsync();
    }

    /// <summary>Who has logged in here.</summary>
    public Identity Identity => Receiver.Identity ?? throw new InvalidOperationException("Nobody is logged in.");

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var nobodyCame = new Closing(CloseReason.Timeout, "Nobody logged in here in time.", ReconnectAdvice.Later);
        _stranger = new StrangerWatch(_parts.Limits, _parts.Time, () => Close(nobodyCame));
        await _door.ServeAsync(this, cancellationToken);
    }

    private async Task EndAsync()
    {
        try
        {
            await WritesSettledAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is OperationCanceledException || Database.IsFault(e))
        {
            // The write queue has stopped: nothing of ours waits there.
        }

        Ended?.Invoke();
        try
        {
            await ApplyAsync(Depart, CancellationToken.None);
            using var deadline = new CancellationTokenSource(LastBytes);
            using var abort = deadline.Token.Register(Receiver.Outbox.Abort);
            await Receiver.Outbox.Finished;
        }
        catch (OperationCanceledException)
        {
            // The fan-out has stopped: nothing is sent any more.
        }

        await _transport.DisposeAsync();
    }

    private void Depart(FanOut fanOut)
    {
        fanOut.Remove(Receiver);
        if (_lastWord is { } word)
            Session.Write(fanOut.PrivateBlock(Receiver), word);
        fanOut.FinishAfterRound(Receiver);
        fanOut.Attendance.Leave(fanOut, Receiver);
    }

    private void LeaveLimits()
    {
        EndStranger();
        _purse.Leave();
        _connections.Leave(Address);
    }

    private void EndStranger()
    {
        if (_stranger is null)
            return;
        _stranger.Dispose();
        _stranger = null;
        _connections.StrangerNoMore();
    }
}
