using Parley.Faults.Clients;

namespace Parley.Faults.Checking;

/// <summary>
/// The laws of messages that change: an acknowledged change is there, all clients show in the end what is stored, and deleted words are nowhere any more.
/// </summary>
internal sealed class ChangeChecker(StoredLog stored, Findings findings)
{
    public int ChangeCount { get; private set; }

    public int DeletedCount => stored.Messages.Values.Count(message => message.IsDeleted);

    public void Check(IReadOnlyDictionary<string, List<JournalLine>> journals)
    {
        findings.LookFor("changes_lost", "shown_differently");
        foreach (var (name, lines) in journals)
        {
            CheckAcknowledged(name, lines);
            CheckTaken(name, lines);
            CheckReactions(name, lines);
            CheckShown(name, lines);
        }
    }

    /// <summary>No file has a word of what was deleted. Each text begins with a word that no other has.</summary>
    public void CheckWords(IReadOnlyDictionary<string, List<JournalLine>> journals, IEnumerable<string> files)
    {
        findings.LookFor("deleted_words_left");
        var words = DeletedTexts(stored, journals).Select(text => text.Split(' ')[0]).ToHashSet();
        foreach (var file in files)
        {
            // Each word is made of ASCII signs, and they begin alike: one pass over a file finds all.
            var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
            foreach (var found in FaultClient.FirstWord().EnumerateMatches(text))
            {
                if (words.Contains(text.Substring(found.Index, found.Length)))
                    findings.Add("deleted_words_left", $"{Path.GetFileName(file)} still has {text.AsSpan(found.Index, found.Length)}");
            }
        }
    }

    /// <summary>What deleted messages said, as far as anybody wrote it down.</summary>
    public static HashSet<string> DeletedTexts(StoredLog stored, IReadOnlyDictionary<string, List<JournalLine>> journals)
    {
        HashSet<string> texts = [];
        foreach (var line in journals.Values.SelectMany(lines => lines))
        {
            var message = line.MessageId
                ?? (line.Kind == "ack" ? stored.Events.GetValueOrDefault((line.Channel ?? 0, line.Number ?? 0))?.MessageId : null);
            if (message is { } id && stored.Messages.GetValueOrDefault(id) is { IsDeleted: true })
                texts.UnionWith(new[] { line.Before, line.What is null or "edit" ? line.Text : null }.Where(text => text is { Length: > 0 }).OfType<string>());
        }

        return texts;
    }

    private void CheckAcknowledged(string name, List<JournalLine> lines)
    {
        foreach (var line in lines.Where(line => line.Kind == "change_ack"))
        {
            if (!stored.Events.TryGetValue((line.Channel ?? 0, line.Number ?? 0), out var kept) || kept.MessageId != line.MessageId)
                findings.Add("changes_lost", $"{name} has an acknowledgement of a change at number {line.Number} in channel {line.Channel}, which is not there");
            else if (line.What == "edit" && kept.Words is { } words && words != line.Text)
                findings.Add("changes_lost", $"{name} has an acknowledgement of an edit at number {line.Number}, which has other words");
        }
    }

    // What the library took goes out, however often its process dies; unless the server refuses it for good, and the person gives it up.
    private void CheckTaken(string name, List<JournalLine> lines)
    {
        var givenUp = lines.Where(line => line.Kind == "given_up").Select(line => line.Nonce).ToHashSet();
        foreach (var line in lines.Where(line => line.Kind == "changed" && !givenUp.Contains(line.Nonce)))
        {
            ChangeCount++;
            var message = stored.Messages.GetValueOrDefault(line.MessageId ?? 0);
            if (line.What == "delete" && message is not { IsDeleted: true })
                findings.Add("changes_lost", $"{name} deleted message {line.MessageId}, and it is there");
            if (line.What != "edit")
                continue;
            if (!stored.Changes.TryGetValue((name, line.Nonce ?? ""), out var place) || !stored.Events.TryGetValue(place, out var kept))
                findings.Add("changes_lost", $"{name} edited message {line.MessageId}, and the edit is not there");
            else if (kept.Words is { } words && words != line.Text)
                findings.Add("changes_lost", $"{name} edited message {line.MessageId} at number {kept.Number}, and it has other words there");
        }
    }

    // Of what somebody did last with an emoji at a message the outcome is known, where the call came back.
    private void CheckReactions(string name, List<JournalLine> lines)
    {
        var givenUp = lines.Where(line => line.Kind == "given_up").Select(line => line.Nonce).ToHashSet();
        foreach (var asked in lines.Where(line => line.What is "react" or "unreact" && line.Kind is "change" or "changed").GroupBy(line => (line.MessageId, line.Text)))
        {
            var last = asked.Last();
            if (last.Kind == "change" || givenUp.Contains(last.Nonce) || stored.Messages.GetValueOrDefault(last.MessageId ?? 0) is not { IsDeleted: false })
                continue;
            if (stored.Reactions.Contains((last.MessageId ?? 0, last.Text ?? "", name)) != (last.What == "react"))
                findings.Add("changes_lost", $"{name} did '{last.What}' with {last.Text} at message {last.MessageId}, and it is not so");
        }
    }

    // The last life shows everything as it is in the file.
    private void CheckShown(string name, List<JournalLine> lines)
    {
        var shown = lines.Skip(lines.FindLastIndex(line => line.Kind == "life")).Where(line => line.Kind == "shown")
            .GroupBy(line => (line.Channel ?? 0, line.Number ?? 0)).ToDictionary(line => line.Key, line => line.Last());
        foreach (var kept in stored.Events.Values.Where(kept => kept.IsSaid && IsTheirs(kept, name)))
        {
            var message = stored.Messages[kept.MessageId];
            var asStored = (message.IsDeleted ? "" : message.Texts[^1], message.IsDeleted, message.Reactions);
            if (!shown.TryGetValue((kept.Channel, kept.Number), out var line))
                findings.Add("shown_differently", $"{name} does not show number {kept.Number} in channel {kept.Channel}");
            else if ((line.Text ?? "", line.What == "deleted", line.Reactions ?? "") != asStored)
                findings.Add("shown_differently", $"{name} shows number {kept.Number} in channel {kept.Channel} otherwise than it is");
        }
    }

    private bool IsTheirs(StoredEvent kept, string name) =>
        !stored.Conversations.TryGetValue(kept.Channel, out var two) || two.Low == name || two.High == name;
}
