using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Faults.Clients;

/// <summary>Writes down each message and each acknowledged change that the library's state shows, once.</summary>
internal sealed class Recorder : IDisposable
{
    private readonly ChatClient _client;
    private readonly Journal _journal;
    private readonly Lock _gate = new();
    private readonly Dictionary<ChannelId, Seen> _seen = [];
    private readonly HashSet<string> _acknowledged = [];
    private readonly IDisposable _subscription;
    private string? _epoch;

    public Recorder(ChatClient client, Journal journal, IEnumerable<JournalLine> before)
    {
        _client = client;
        _journal = journal;
        foreach (var line in before.Where(l => l.Kind == "seen"))
            SeenIn(new ChannelId(line.Channel ?? 0)).Add(line.Number ?? 0);
        _subscription = client.Store.Subscribe(Look);
    }

    /// <summary>Whether the first channel has been seen up to a number, and every conversation up to its end.</summary>
    public bool HasAll(long lastNumber)
    {
        lock (_gate)
        {
            var state = _client.Store.State;
            return state.Channels is [var general, ..] && SeenIn(general.Id).UpTo >= lastNumber
                && state.Logs.All(log => SeenIn(log.Key).UpTo >= log.Value.LastNumber);
        }
    }

    /// <summary>Asks for what an earlier life has not seen.</summary>
    public async Task FetchAsync(CancellationToken cancel)
    {
        foreach (var (id, log) in _client.Store.State.Logs)
        {
            long upTo;
            lock (_gate)
                upTo = SeenIn(id).UpTo;
            if (upTo >= log.LastNumber)
                continue;
            try
            {
                await _client.LoadNewerAsync(id, upTo, cancel);
            }
            catch (ConnectionLostException)
            {
                return; // It comes back.
            }
        }
    }

    public void Dispose() => _subscription.Dispose();

    private Seen SeenIn(ChannelId id)
    {
        if (!_seen.TryGetValue(id, out var seen))
            _seen[id] = seen = new Seen();
        return seen;
    }

    private void Look()
    {
        lock (_gate)
        {
            var state = _client.Store.State;
            if (state.Epoch is { } epoch && epoch != _epoch)
                _journal.Write(new JournalLine("epoch") { Text = _epoch = epoch });
            foreach (var change in state.Outbox.Values.SelectMany(p => p).OfType<PendingChange>())
            {
                if (change.Number is { } number && _acknowledged.Add(change.Nonce))
                    _journal.Write(AcknowledgementOf(change, number));
            }

            foreach (var (id, log) in state.Logs)
                LookAt(state, id);
        }
    }

    private static JournalLine AcknowledgementOf(PendingChange change, long number) => new("change_ack")
    {
        What = change.Kind == ChangeKind.Edit ? "edit" : "other",
        Nonce = change.Nonce,
        Text = change.Text,
        Channel = change.ChannelId.Value,
        MessageId = change.MessageId.Value,
        Number = number,
    };

    private void LookAt(ChatState state, ChannelId id)
    {
        var seen = SeenIn(id);
        var log = state.LogOf(id);
        foreach (var run in log.Runs.Where(run => run.Last > seen.UpTo))
        {
            foreach (var said in log.MessagesIn(run, seen.UpTo + 1, run.Last))
            {
                if (!seen.Add(said.Number))
                    continue;
                _journal.Write(new JournalLine("seen")
                {
                    Channel = id.Value,
                    Number = said.Number,
                    MessageId = said.Id.Value,
                    Author = said.Author,
                    Text = said.Content,
                });
            }

            seen.AddAll(run.First, run.Last);
        }
    }

    /// <summary>Numbers: all up to one, and some above it.</summary>
    private sealed class Seen
    {
        private readonly HashSet<long> _above = [];

        public long UpTo { get; private set; }

        public bool Add(long number)
        {
            if (number <= UpTo || !_above.Add(number))
                return false;
            Advance();
            return true;
        }

        /// <summary>All between two numbers; those that are no messages are changes of messages.</summary>
        public void AddAll(long first, long last)
        {
            if (first > UpTo + 1 || last <= UpTo)
                return;
            UpTo = last;
            _above.RemoveWhere(number => number <= last);
            Advance();
        }

        private void Advance()
        {
            while (_above.Remove(UpTo + 1))
                UpTo++;
        }
    }
}
