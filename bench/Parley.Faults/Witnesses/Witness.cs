using System.Net.Sockets;
using System.Text.Json;
using Parley.Faults.Chaos;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Faults.Witnesses;

/// <summary>
/// Comes and goes all the time and holds the server to the letter: an event is counted in <c>last_number</c> or comes after <c>ready</c>, never both and
/// never neither; what comes has no gap; a page that catches up has none either. The library would mend what is broken here, and hide it.
/// </summary>
internal sealed class Witness(string name, FaultProxy proxy, Dice dice)
{
    private const string Password = "fault-machine";
    private string? _token;
    private long _caughtUp;

    public int ConnectionCount { get; private set; }

    public long SeenCount { get; private set; }

    /// <summary>What is against the protocol, in words.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>
    /// Every event of the public channel that was seen, by number. The words are those that it had live: on a page a message says what it says now.
    /// </summary>
    public Dictionary<long, SeenEvent> Seen { get; } = [];

    public string? Epoch { get; private set; }

    public async Task WatchAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            using var life = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            life.CancelAfter(dice.Between(50, 1_000));
            try
            {
                await LiveAsync(life.Token, cancel);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or InvalidDataException or JsonException)
            {
                // The wire broke or the time was up. What broken frames mean is said where they are read whole.
            }

            await Task.Delay(dice.Between(1, 30), CancellationToken.None);
        }
    }

    private async Task LiveAsync(CancellationToken life, CancellationToken cancel)
    {
        using var connection = new RawConnection();
        await connection.ConnectAsync(proxy.Port, life);
        var ready = await EnterAsync(connection, _token is null ? cancel : life);
        ConnectionCount++;
        if (Epoch is not null && Epoch != ready.Epoch)
            Violations.Add($"{name}: the epoch changed from {Epoch} to {ready.Epoch}.");
        Epoch = ready.Epoch;
        if (ready.Channels is not [var channel, ..])
            return;
        var next = channel.LastNumber + 1;
        if (channel.LastNumber < _caughtUp)
            Violations.Add($"{name}: ready says {channel.LastNumber} where {_caughtUp} was seen before.");
        await CatchUpAsync(connection, channel, (type, payload) => Take(type, payload, channel.Id, ref next), life);
        while (true)
        {
            var (type, payload) = await connection.ReadAsync(life);
            Take(type, payload, channel.Id, ref next);
            _caughtUp = next - 1;
        }
    }

    private async Task<Ready> EnterAsync(RawConnection connection, CancellationToken cancel)
    {
        await connection.SendAsync(new Hello(_token, "witness"), ProtocolJson.Default.Hello, cancel);
        if (_token is null)
        {
            await connection.ReadUntilAsync("welcome", ProtocolJson.Default.Welcome, null, cancel);
            await connection.SendAsync(new Register(name, Password), ProtocolJson.Default.Register, cancel);
            var result = await connection.ReadUntilAsync("auth_result", ProtocolJson.Default.AuthResult, null, cancel);
            if (result.Error == "Username already taken.")
            {
                await connection.SendAsync(new LogIn(name, Password), ProtocolJson.Default.LogIn, cancel);
                result = await connection.ReadUntilAsync("auth_result", ProtocolJson.Default.AuthResult, null, cancel);
            }

            _token = result.Token;
        }

        return await connection.ReadUntilAsync("ready", ProtocolJson.Default.Ready, null, cancel);
    }

    private async Task CatchUpAsync(RawConnection connection, ChannelState channel, Action<string, byte[]> meanwhile, CancellationToken cancel)
    {
        while (_caughtUp < channel.LastNumber)
        {
            await connection.SendAsync(new ReadHistory(channel.Id, After: _caughtUp, Limit: ReadHistory.MaxLimit), ProtocolJson.Default.ReadHistory, cancel);
            var page = await connection.ReadUntilAsync("history", ProtocolJson.Default.HistoryPage, meanwhile, cancel);
            foreach (var happened in page.Events)
            {
                if (happened.Number != ++_caughtUp)
                    Violations.Add($"{name}: a page goes from {_caughtUp - 1} to {happened.Number}.");
                Keep(happened, isLive: false);
                _caughtUp = happened.Number;
            }

            if (page.Events.Count == 0)
            {
                Violations.Add($"{name}: an empty page after {_caughtUp} where {channel.LastNumber} was promised.");
                return;
            }
        }
    }

    private void Take(string type, byte[] payload, ChannelId channel, ref long next)
    {
        if (type != "event" || JsonSerializer.Deserialize(payload, ProtocolJson.Default.EventPushed) is not { } pushed)
            return;
        if (pushed.ChannelId != channel)
        {
            Violations.Add($"{name}: an event of channel {pushed.ChannelId}, which is not for these eyes.");
            return;
        }

        if (pushed.Event.Number != next)
            Violations.Add($"{name}: event {pushed.Event.Number} came where {next} was due.");
        next = pushed.Event.Number + 1;
        Keep(pushed.Event, isLive: true);
    }

    private void Keep(ChannelEvent happened, bool isLive)
    {
        SeenCount++;
        var told = new SeenEvent(
            happened.Kind, happened.Author, isLive && happened.Kind is (EventKind.Message or EventKind.Action or EventKind.Edit) ? happened.Content : null);
        if (Seen.TryGetValue(happened.Number, out var known) && !known.IsSameAs(told))
            Violations.Add($"{name}: event {happened.Number} is not what it was.");
        Seen[happened.Number] = told with { Words = told.Words ?? known?.Words };
    }
}

/// <summary>An event as a witness saw it.</summary>
/// <param name="Kind">What it did.</param>
/// <param name="Author">Who did it.</param>
/// <param name="Words">What it said; null where that was not seen, or it has none.</param>
internal sealed record SeenEvent(string Kind, string Author, string? Words)
{
    /// <summary>Whether both can be the same event.</summary>
    public bool IsSameAs(SeenEvent other) => (Kind, Author) == (other.Kind, other.Author) && (Words is null || other.Words is null || Words == other.Words);
}
