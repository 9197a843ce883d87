using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Faults.Chaos;
using Parley.Protocol.Wire;

namespace Parley.Faults.Clients;

/// <summary>What a person does to messages that were said: edits and deletes their own, reacts to anybody's. All of it is written down before and after.</summary>
internal sealed class ChangeTraffic(ChatClient client, Journal journal, Dice dice, string name)
{
    private const int MostBack = 300;
    private static readonly string[] Emoji = ["👍", "🎉", "❤"];

    /// <summary>Changes one of the latest messages, if there is one that it can change.</summary>
    /// <param name="channel">The messages' room.</param>
    /// <param name="text">The words, where it comes to an edit.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task ChangeAsync(ChannelId channel, string text, CancellationToken cancel)
    {
        var log = client.Store.State.LogOf(channel);
        if (log.LatestRun is not { Rows: { Count: > 0 } rows })
            return;
        var message = log[rows[^(1 + dice.Next(Math.Min(MostBack, rows.Count)))]];
        if (message.IsDeleted)
            return;
        var kind = KindFor(message.Author == name);
        var change = new JournalLine("change")
        {
            What = kind switch { ChangeKind.Edit => "edit", ChangeKind.Delete => "delete", ChangeKind.AddReaction => "react", _ => "unreact" },
            Channel = channel.Value,
            MessageId = message.Id.Value,
            Before = message.Content,
            Text = kind switch { ChangeKind.Edit => text, ChangeKind.Delete => "", _ => Emoji[dice.Next(Emoji.Length)] },
        };
        journal.Write(change);
        var answer = await client.ChangeAsync(channel, message.Id, kind, change.Text, cancel);
        if (answer.TryGet(out var nonce, out _))
            journal.Write(change with { Kind = "changed", Nonce = nonce });
    }

    /// <summary>Gives up what the server refused: another life of this person edited or deleted the message first.</summary>
    public async Task GiveUpAsync(CancellationToken cancel)
    {
        var failed = client.Store.State.Outbox.Values.SelectMany(entries => entries).OfType<PendingChange>().Where(change => change.State == PendingState.Failed);
        foreach (var change in failed.ToList())
        {
            journal.Write(new JournalLine("given_up") { Nonce = change.Nonce, Text = change.Failure });
            client.Discard(change.Nonce);
        }
    }

    /// <summary>Writes down what each message is in the end, in every room, read anew from one end to the other.</summary>
    public async Task ShowAsync(CancellationToken cancel)
    {
        foreach (var id in client.Store.State.Logs.Keys)
        {
            using var hold = client.Hold(id);
            hold.Show(1, long.MaxValue / 2);
            await LoadWholeAsync(id, cancel);
            var log = client.Store.State.LogOf(id);
            foreach (var message in log.InOrder)
            {
                journal.Write(new JournalLine("shown")
                {
                    Channel = id.Value,
                    Number = message.Number,
                    MessageId = message.Id.Value,
                    Text = message.Content,
                    What = message.IsDeleted ? "deleted" : null,
                    Reactions = Checking.ReactionText.Of(message.Reactions.All.Select(reaction => KeyValuePair.Create(reaction.Emoji, reaction.Count))),
                });
            }
        }
    }

    private ChangeKind KindFor(bool isMine) => (isMine && dice.Chance(0.6), dice.Chance(0.3)) switch
    {
        (true, true) => ChangeKind.Delete,
        (true, false) => ChangeKind.Edit,
        (false, true) => ChangeKind.RemoveReaction,
        (false, false) => ChangeKind.AddReaction,
    };

    private async Task LoadWholeAsync(ChannelId id, CancellationToken cancel)
    {
        while (client.Store.State.LogOf(id) is { LastNumber: > 0 } log && (log.IsBehind || log.AsOf < log.LastNumber || log.LatestRun is not { First: 1 }))
        {
            try
            {
                if (log.LatestRun is { } run && !log.IsBehind)
                    await client.LoadOlderAsync(id, run.First, cancel);
                else
                    await client.LoadLatestAsync(id, cancel);
            }
            catch (ConnectionLostException)
            {
                client.RetryNow();
            }

            await Task.Delay(1, cancel);
        }
    }
}
