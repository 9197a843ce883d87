using System.Text.Json;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Replay;

/// <summary>Reads a channel's log back over the wire and compares it with the ledger, line by line.</summary>
internal sealed class StoredHistory(Ledger ledger, ChannelId channel, long before)
{
    private readonly Dictionary<long, int> _lineOf = [];
    private readonly long[] _lastLineOf = [.. Enumerable.Repeat(-1L, ledger.Cast.Names.Count)];
    private long _lastNumber = before;

    public int Stored { get; private set; }

    /// <summary>Acknowledged lines that are not there.</summary>
    public int Lost { get; private set; }

    /// <summary>Events that nothing was acknowledged for, and numbers that were acknowledged twice.</summary>
    public int Doubled { get; private set; }

    /// <summary>Events after which their author said something that stands before them in the transcript.</summary>
    public int OutOfOrder { get; private set; }

    /// <summary>Events whose author, kind or text is not what was said.</summary>
    public int Different { get; private set; }

    /// <summary>Numbers that are missing in the log.</summary>
    public long Gaps { get; private set; }

    public async Task CompareAsync(ParleyConnection connection, Action<int> progress, CancellationToken cancel)
    {
        for (var line = 0; line < ledger.Count; line++)
        {
            if (ledger.Numbers[line] > 0 && !_lineOf.TryAdd(ledger.Numbers[line], line))
                Doubled++;
        }

        var more = true;
        while (more)
        {
            var asked = new ReadHistory(channel, After: _lastNumber, Limit: ReadHistory.MaxLimit);
            var answer = await connection.AskAsync(asked, ProtocolJson.Default.ReadHistory, cancel);
            if (ParleyConnection.Refusal(answer) is { } refusal)
                throw new IOException($"The server refuses the history: {refusal.Message}");
            var page = JsonSerializer.Deserialize(answer, ProtocolJson.Default.HistoryPage) ?? throw new InvalidDataException("An empty history.");
            foreach (var stored in page.Events)
                Compare(stored);
            more = page.More && page.Events.Count > 0;
            progress(Stored);
        }

        Lost = _lineOf.Count;
    }

    private void Compare(ChannelEvent stored)
    {
        Stored++;
        if (stored.Number > _lastNumber)
            Gaps += stored.Number - _lastNumber - 1;
        _lastNumber = stored.Number;
        if (!_lineOf.Remove(stored.Number, out var line))
        {
            Doubled++;
            return;
        }

        var speaker = ledger.Speakers[line];
        var kind = ledger.IsAction[line] ? EventKind.Action : EventKind.Message;
        if (stored.Content != ledger.Expected[line] || stored.Author != ledger.Cast.Names[speaker] || stored.Kind != kind)
            Different++;
        if (line <= _lastLineOf[speaker])
            OutOfOrder++;
        _lastLineOf[speaker] = line;
    }
}
