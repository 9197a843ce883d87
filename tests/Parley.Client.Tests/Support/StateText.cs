using System.Globalization;
using System.Text;
using Parley.Client.State;

namespace Parley.Client.Tests.Support;

/// <summary>A state as text: what two clients of the same user must agree on, and what a failing test shows.</summary>
internal static class StateText
{
    internal static string Of(ChatState state)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"epoch {state.Epoch}, user {state.User}");
        foreach (var channel in state.Channels)
            text.AppendLine(CultureInfo.InvariantCulture, $"{channel} {Room(state, channel.Id)}");
        foreach (var conversation in state.Conversations)
            text.AppendLine(CultureInfo.InvariantCulture, $"{conversation} {Room(state, conversation.Id)}");
        foreach (var member in state.Members)
            text.AppendLine(CultureInfo.InvariantCulture, $"{member}");
        foreach (var message in state.Pending.OrderBy(entry => entry.Key.Value).SelectMany(entry => entry.Value))
            text.AppendLine(CultureInfo.InvariantCulture, $"{message}");
        return text.ToString();
    }

    /// <summary>The same with every event that is held.</summary>
    internal static string WithLogs(ChatState state)
    {
        var text = new StringBuilder(Of(state));
        foreach (var (id, log) in state.Logs.OrderBy(entry => entry.Key.Value))
        {
            foreach (var e in log.Runs.SelectMany(run => run.Events))
                text.AppendLine(CultureInfo.InvariantCulture, $"{id} {e}");
        }

        return text.ToString();
    }

    private static string Room(ChatState state, Protocol.Wire.ChannelId id) => $"last {state.LogOf(id).LastNumber} {state.ReadPositionOf(id)}";
}
