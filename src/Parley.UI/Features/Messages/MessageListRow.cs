using Parley.Client.Features.Messages;

namespace Parley.UI.Features.Messages;

/// <summary>One row of the message list.</summary>
/// <param name="Key">Identifies the row to Blazor, wherever the window moves.</param>
public abstract record MessageListRow(string Key)
{
    /// <summary>The line between two days.</summary>
    /// <param name="Date">The day that begins.</param>
    /// <param name="Turn">Counts the lines of this day: there are several where a clock was set back over midnight.</param>
    public sealed record Day(DateOnly Date, int Turn = 1) : MessageListRow(FormattableString.Invariant($"d{Date:yyyyMMdd}-{Turn}"));

    /// <summary>The line above what was not read yet.</summary>
    public sealed record NewDivider() : MessageListRow("new");

    /// <summary>A message that stands in the log.</summary>
    /// <param name="Message">As the reader sees it: with their own changes that are on their way.</param>
    /// <param name="StartsGroup">Whether its author stands above it.</param>
    /// <param name="Quoted">What it answers, as that says now; null where it answers nothing, or nothing is known of that.</param>
    /// <param name="Failed">A change of it that the server refused.</param>
    public sealed record Logged(Message Message, bool StartsGroup, Message? Quoted = null, PendingChange? Failed = null)
        : MessageListRow(FormattableString.Invariant($"m{Message.Number}"));

    /// <summary>A message of one's own on its way there.</summary>
    public sealed record Pending(PendingMessage Message, bool StartsGroup, Message? Quoted = null) : MessageListRow("p" + Message.Nonce);
}
