using System.Net;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Events.Sending;
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

    private readonly Transport.Transport _transport;
    private readonly Door _door;
    private readonly ServerCore _core;
    private readonly PendingWrites _writes;
    private readonly CancellationTokenSource _ended = new();
    private Closing? _closing;
    private Task _lastPage = Task.CompletedTask;

    /// <param name="transport">Its socket.</param>
    /// <param name="door">Who reads what comes.</param>
    /// <param name="allowance">What it may do.</param>
    /// <param name="core">What it works on.</param>
    public Connection(Transport.Transport transport, Door door, Allowance allowance, ServerCore core)
    {
        (_transport, _door, Allowance, _core) = (transport, door, allowance, core);
        Session = door.Begin(new Outbox(transport, core.FanOut.Waiting));
        _writes = new PendingWrites(core.Writes, core.FanOut, Receiver, Address);
    }

    /// <summary>What it may do.</summary>
    public Allowance Allowance { get; }

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
    public long Now => WireTime.ToMicroseconds(_core.Time.GetUtcNow());

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync()
    {
        Receiver.Outbox.Overflowed = () => _ended.CancelAfter(LastBytes);
        var refusal = Allowance.RefuseEntry();
        try
        {
            if (refusal is null)
            {
                await ServeAsync(_ended.Token);
                return;
            }

            _closing = new Closing(CloseReason.Limit, refusal, ReconnectAdvice.Later);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer went, or was sent away: either way this connection ends.
        }
        finally
        {
            await EndAsync();
            if (refusal is null)
                Allowance.Leave();
        }
    }

    /// <summary>Ends the connection from outside, and tells the peer why.</summary>
    public void Close(Closing closing)
    {
        _closing ??= closing;
        _ended.Cancel();
    }

    /// <summary>What the peer is told when its door has ended; an earlier closing stands.</summary>
    public void EndWith(Closing closing) => _closing ??= closing;

    /// <summary>Leaves by the fan-out, after this connection's writes.</summary>
    public void Send(IFanOutItem item) => _writes.Send(Receiver.IsHeld ? new HeldItem(item, Broke) : item);

    public void Refuse(Refusal refusal, RequestRef? reference, Command? command = null) => Send(Outcome.Refuse(refusal), reference, command);

    public void Send(Outcome outcome, RequestRef? reference, Command? command = null) =>
        Send(new OutcomeItem(Session, new Answer(command, reference, outcome)));

    /// <summary>Who asks for a write now.</summary>
    public Asker AskerOf(RequestRef? reference) => new(Session, Identity, reference, Now);

    /// <inheritdoc cref="PendingWrites.PostAsync"/>
    public ValueTask QueueAsync(CommandItem item, CancellationToken cancellationToken) => _writes.PostAsync(item, cancellationToken);

    /// <inheritdoc cref="PendingWrites.WriteStepAsync"/>
    public Task<T> WriteStepAsync<T>(Func<DatabaseConnection, T> write, CancellationToken cancellationToken) =>
        _writes.WriteStepAsync(write, cancellationToken);

    /// <inheritdoc cref="PendingWrites.SettledAsync"/>
    public ValueTask WritesSettledAsync(CancellationToken cancellationToken) => _writes.SettledAsync(cancellationToken);

    /// <inheritdoc cref="PendingWrites.CommitsToldAsync"/>
    public Task CommitsToldAsync(CancellationToken cancellationToken) => _writes.CommitsToldAsync(cancellationToken);

    /// <summary>Carries out a command that reads, after this connection's writes.</summary>
    public async ValueTask ReadAsync<TCommand>(IReadHandler<TCommand> handler, TCommand command, RequestRef? reference, CancellationToken cancellationToken)
        where TCommand : Command
    {
        await LastPageLeftAsync(cancellationToken);
        var (page, slot) = await _core.Pages.MakeAsync(Identity.Id, Allowance.Purse, Make, cancellationToken);
        SendPage(page, page.Bytes, slot.Dispose);

        WrittenAnswer Make()
        {
            var outcome = _core.Database.Read(db => handler.Handle(command, new CommandContext(Identity, Now, db)));
            return WrittenAnswer.Of(Session, new Answer(command, reference, outcome));
        }
    }

    /// <summary>Carries out a command that reads how things are at one moment (<see cref="Holding"/>).</summary>
    public ValueTask ReadHeldAsync<TCommand>(IHeldReadHandler<TCommand> handler, TCommand command, RequestRef? reference, CancellationToken cancellationToken)
        where TCommand : Command
    {
        var actor = Identity;
        return this.AnswerHeldAsync(_ => actor, Write, cancellationToken);

        HeldAnswer Write(Identity asker)
        {
            var (reply, counts) = _core.Database.Read(db => handler.Read(command, new CommandContext(asker, Now, db)));
            var block = ByteBlock.Rent();
            Session.Write(block, new Answer(null, reference, Outcome.Answer(reply)));
            return new HeldAnswer(block, counts);
        }
    }

    /// <summary>
    /// Completes when this connection's writes are settled and its last page was sent: pages asked for at once must not pile up for a peer that cannot have
    /// read them yet.
    /// </summary>
    public async ValueTask LastPageLeftAsync(CancellationToken cancellationToken)
    {
        await WritesSettledAsync(cancellationToken);
        await _lastPage.WaitAsync(cancellationToken);
        await Receiver.Outbox.WaitForSpaceAsync().WaitAsync(cancellationToken);
        if (Allowance.Purse.UntilNextPage is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, _core.Time, cancellationToken);
    }

    /// <summary>Sends a page. The next one is not made before this one was handed to the outbox.</summary>
    /// <param name="answer">What to send.</param>
    /// <param name="bytes">Its approximate length.</param>
    /// <param name="handedOver">Called when it was handed over.</param>
    public void SendPage(IFanOutItem answer, int bytes, Action? handedOver = null)
    {
        Allowance.Purse.TookPage(bytes);
        var page = new PageItem(answer, handedOver);
        _lastPage = page.HandedOver;
        Send(page);
    }

    /// <summary>Waits for a slot to be held (<see cref="FanOut.Holds"/>), by turns of users. Dispose it to give it back.</summary>
    public Task<IDisposable> EnterHoldAsync(CancellationToken cancellationToken) =>
        _core.FanOut.Holds.EnterAsync(Receiver.Identity?.Id ?? default, cancellationToken);

    /// <summary>Completes when the fan-out has applied <paramref name="apply"/>; fails where that failed.</summary>
    public async Task ApplyAsync(Action<FanOut> apply, CancellationToken cancellationToken)
    {
        var item = new AwaitedItem(apply);
        if (!_core.FanOut.Post(item))
            throw new OperationCanceledException("The server stops.");
        await item.Task.WaitAsync(cancellationToken);
    }

    // Asynchronously: this is the fan-out's thread, and continuations of the cancellation must not run on it.
    private void Broke()
    {
        _closing ??= Holding.Unfinished;
        _ended.CancelAsync().ReportFault();
    }

    /// <summary>Who has logged in here.</summary>
    /// <exception cref="InvalidOperationException">Nobody has.</exception>
    public Identity Identity => Receiver.Identity ?? throw new InvalidOperationException("Nobody is logged in.");

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var nobodyCame = new Closing(CloseReason.Timeout, "Nobody logged in here in time.", ReconnectAdvice.Later);
        Allowance.BeginLoginDeadline(() => Close(nobodyCame));
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
        if (_closing is { } closing)
            Session.Write(fanOut.OwnBlock(Receiver), closing);
        fanOut.FinishAfterRound(Receiver);
        fanOut.Attendance.Leave(fanOut, Receiver);
    }
}
