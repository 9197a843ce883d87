using Parley.Protocol.Features;

namespace Parley.Server.Events.People;

/// <summary>What somebody chose to be shown as.</summary>
/// <param name="Status">Online or do not disturb.</param>
/// <param name="Text">A line of their own; may be empty.</param>
internal sealed record ChosenStatus(string Status, string Text)
{
    public static ChosenStatus Default { get; } = new(MemberStatus.Online, "");
}
