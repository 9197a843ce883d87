using System.Globalization;
using System.Text;
using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Support;

/// <summary>A state as text: what two clients of the same user must agree on, and what a failing test shows.</summary>
internal static class StateText
{
    internal static string Of(ChatState state)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"epoch {state.Epoch}, user {state.User}, server {state.ServerName}, owner {state.OwnerId}");
        foreach (var channel in state.Channels)
            text.AppendLine(CultureInfo.InvariantCulture, $"{channel} {Room(state, channel.Id)}");
        foreach (var conversation in state.Conversations)
            text.AppendLine(CultureInfo.InvariantCulture, $"{conversation} {Room(state, conversation.Id)}");
        foreach (var message in state.Outbox.OrderBy(entry => entry.Key.Value).SelectMany(entry => entry.Value))
            text.AppendLine(CultureInfo.InvariantCulture, $"{message}");
        return text.ToString();
    }

    /// <summary>Who there is.</summary>
    internal static string Of(KnownMembers members) => string.Join('\n', members.InOrder);

    /// <summary>The same with every message that is held, and what it quotes.</summary>
    internal static string WithLogs(ChatState state)
    {
        var text = new StringBuilder(Of(state));
        foreach (var (id, log) in state.Logs.OrderBy(entry => entry.Key.Value))
        {
            foreach (var message in log.InOrder)
                text.AppendLine(CultureInfo.InvariantCulture, $"{id} {message} > {(message.ReplyTo is { } quoted ? Quote(log, quoted) : "")}");
        }

        return text.ToString();
    }

    // As of which number a quote was told is nobody's business.
    private static string Quote(RoomLog log, MessageId id) =>
        log.Messages.GetValueOrDefault(id)?.AsQuote() is { } quote ? $"{quote.Number} {quote.Author} {(quote.IsDeleted ? "(deleted)" : quote.Content)}" : "(unknown)";

    private static string Room(ChatState state, ChannelId id) => $"last {state.LogOf(id).LastNumber} {state.ReadPositionOf(id)}";
}
