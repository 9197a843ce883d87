using Parley.Faults.Clients;

namespace Parley.Faults.Checking;

/// <summary>
/// Compares what the clients wrote down with the database file. It knows nothing of the client library nor of the server: journals and tables only.
/// </summary>
internal sealed class Checker(StoredLog stored, Findings findings)
{
    private readonly HashSet<string> _said = [];
    private readonly HashSet<string> _promised = [];
    private readonly HashSet<string> _acknowledged = [];

    public int SaidCount => _said.Count;

    public int AcknowledgedCount => _acknowledged.Count;

    public int SeenCount { get; private set; }

    public int UnknownStoredCount { get; private set; }

    public int UnknownNotStoredCount { get; private set; }

    public void Check(IReadOnlyDictionary<string, List<JournalLine>> journals)
    {
        findings.LookFor("lost", "doubled", "gaps", "different", "out_of_order", "invented", "leaked", "not_seen", "never_sent", "epoch_changed", "damaged");
        CheckNumbers();
        foreach (var (name, lines) in journals)
            CheckJournal(name, lines);
        CheckOnce();
        CheckUnknown(ChangeChecker.DeletedTexts(stored, journals));
        foreach (var (name, lines) in journals)
            CheckComplete(name, lines);
    }

    // 1, 2, 3 to the last, in every channel; and the file is whole.
    private void CheckNumbers()
    {
        if (stored.Integrity != "ok")
            findings.Add("damaged", $"PRAGMA integrity_check says {stored.Integrity}");
        foreach (var (channel, last) in stored.LastNumbers)
        {
            var numbers = stored.Events.Keys.Where(k => k.Channel == channel).Select(k => k.Number).Order().ToList();
            if (numbers.Count != last || (last > 0 && (numbers[0] != 1 || numbers[^1] != last)))
                findings.Add("gaps", $"channel {channel} has {numbers.Count} events and says {last}");
        }
    }

    private void CheckJournal(string name, List<JournalLine> lines)
    {
        var texts = lines.Where(line => line is { Kind: "said", Nonce: not null }).DistinctBy(line => line.Nonce)
            .ToDictionary(line => line.Nonce ?? "", line => line.Text);
        foreach (var line in lines)
        {
            var key = (line.Channel ?? 0, line.Number ?? 0);
            var text = line.Text ?? "";
            switch (line.Kind)
            {
                case "say" or "change" when line.What is null or "edit":
                    _said.Add(text);
                    break;
                case "said":
                    _promised.Add(text);
                    break;
                case "epoch" when text != stored.Epoch:
                    findings.Add("epoch_changed", $"{name} was told {text}");
                    break;
                case "ack":
                    // What was said privately, or by a process that died at once, has no text here: then the place counts alone.
                    var said = line.Text ?? texts.GetValueOrDefault(line.Nonce ?? "");
                    if (said is not null)
                        _acknowledged.Add(said);
                    if (!stored.Events.TryGetValue(key, out var kept))
                        findings.Add("lost", $"{name} has an acknowledgement of number {line.Number} in channel {line.Channel}, which is not there");
                    else if ((kept.Words is { } words && said is not null && words != said) || kept.Author != name)
                        findings.Add("different", $"number {line.Number} was acknowledged to {name} and is another message");
                    break;
                case "seen":
                    SeenCount++;
                    CheckSeen(name, line, key);
                    break;
            }
        }
    }

    private void CheckSeen(string name, JournalLine line, (long, long) key)
    {
        if (!stored.Events.TryGetValue(key, out var kept))
            findings.Add("lost", $"{name} saw number {line.Number} in channel {line.Channel}, which is not there");
        else if (!kept.IsSaid || !MaySay(stored.Messages[kept.MessageId], line.Text) || kept.Author != line.Author || kept.MessageId != line.MessageId)
            findings.Add("different", $"{name} saw another message at number {line.Number} in channel {line.Channel} than the one that is there");
        if (stored.Conversations.TryGetValue(line.Channel ?? 0, out var two) && two.Low != name && two.High != name)
            findings.Add("leaked", $"{name} saw number {line.Number} of a conversation of others");
    }

    // Between the first words and the last it said others; what it said before it was deleted nobody knows any more.
    private static bool MaySay(StoredMessage message, string? text) => message.IsDeleted || message.Texts.Contains(text);

    // Each text is there once at the most, was said by somebody, and an author's texts stand in the order in which they were said.
    private void CheckOnce()
    {
        if (stored.RepeatedNonces > 0)
            findings.Add("doubled", $"{stored.RepeatedNonces} nonces stand there more than once");
        var texts = stored.Messages.Values.SelectMany(m => m.Texts).ToList();
        foreach (var group in texts.GroupBy(text => text).Where(g => g.Count() > 1))
            findings.Add("doubled", $"'{group.Key.Split(' ')[0]}' stands there {group.Count()} times");
        foreach (var text in texts.Where(text => !_said.Contains(text)))
            findings.Add("invented", $"'{text.Split(' ')[0]}' was never said");
        foreach (var author in stored.Events.Values.Where(e => e is { IsSaid: true, Words: not null }).GroupBy(e => (e.Channel, e.Author)))
        {
            var order = author.OrderBy(e => e.Number).Select(e => (e.Words ?? "").Split(' ')[0]).ToList();
            for (var i = 1; i < order.Count; i++)
            {
                if (string.CompareOrdinal(order[i - 1], order[i]) > 0)
                    findings.Add("out_of_order", $"{author.Key.Author} said {order[i]} before {order[i - 1]}");
            }
        }
    }

    // What the library took is in its outbox on disk, and goes out however often its process dies. Whose outcome no client knows (it died in the call): stored,
    // and then seen by all, or not stored, and then seen by nobody. The seeing is checked above.
    private void CheckUnknown(HashSet<string> deleted)
    {
        var texts = stored.Messages.Values.SelectMany(m => m.Texts).Concat(deleted).ToHashSet();
        foreach (var text in _promised.Where(t => !texts.Contains(t)))
            findings.Add("never_sent", $"'{text.Split(' ')[0]}' was taken by the client library and never reached the server");
        foreach (var text in _said.Where(t => !_acknowledged.Contains(t)))
        {
            if (texts.Contains(text))
                UnknownStoredCount++;
            else
                UnknownNotStoredCount++;
        }
    }

    // Everybody has seen everything that they may see.
    private void CheckComplete(string name, List<JournalLine> lines)
    {
        var seen = lines.Where(l => l.Kind == "seen").Select(l => (l.Channel ?? 0, l.Number ?? 0)).ToHashSet();
        foreach (var kept in stored.Events.Values.Where(e => e.IsSaid))
        {
            var isTheirs = !stored.Conversations.TryGetValue(kept.Channel, out var two) || two.Low == name || two.High == name;
            if (isTheirs && !seen.Contains((kept.Channel, kept.Number)))
                findings.Add("not_seen", $"{name} never saw number {kept.Number} in channel {kept.Channel}");
        }
    }
}
