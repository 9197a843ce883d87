namespace Parley.Server.Admin;

/// <summary>What the operator asks: one line of JSON. A command looks at the fields that it has a word for.</summary>
/// <param name="Command">Which command, as <c>users.ban</c>.</param>
/// <param name="Name">Whom or which channel it is about.</param>
/// <param name="To">What it is to be called.</param>
/// <param name="Reason">What the person is told.</param>
/// <param name="Code">Which code.</param>
/// <param name="Uses">How often a code may be used.</param>
/// <param name="Seconds">How long something is good.</param>
/// <param name="IfNone">Only where there is none yet.</param>
/// <param name="After">Where a page of a list goes on: what the page before said in <see cref="AdminAnswer.More"/>.</param>
internal sealed record AdminRequest(
    string? Command,
    string? Name = null,
    string? To = null,
    string? Reason = null,
    string? Code = null,
    int? Uses = null,
    long? Seconds = null,
    bool? IfNone = null,
    long? After = null)
{
    /// <summary>The longest line that is read.</summary>
    public const int MostBytes = 4 * 1024;
}
