using Parley.Protocol.Wire;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events;

/// <summary>
/// The receivers that are held: events for them are kept until their snapshot was sent (docs/adr/0012). They belong to the fan-out's thread.
/// </summary>
internal sealed class HeldReceivers
{
    // A receiver with more is closed: it comes back, and its new snapshot includes all of them.
    private const int MostEvents = 20_000;

    private readonly List<Receiver> _receivers = [];

    public IReadOnlyList<Receiver> All => _receivers;

    /// <summary>Begins to keep what comes for a receiver.</summary>
    public void Add(Receiver receiver)
    {
        receiver.Held = [];
        receiver.HeldTooMuch = false;
        _receivers.Add(receiver);
    }

    /// <summary>Ends the hold of a receiver; returns what was kept, in order.</summary>
    public IReadOnlyList<ServerEvent> Remove(Receiver receiver)
    {
        var kept = receiver.Held;
        receiver.Held = null;
        _receivers.Remove(receiver);
        return kept ?? [];
    }

    /// <summary>Keeps an event for those of its audience who are held.</summary>
    public void Keep(ServerEvent happened)
    {
        foreach (var receiver in _receivers)
        {
            if (IsToldLater(receiver, happened))
                Keep(receiver, happened);
        }
    }

    /// <summary>The connections of one dialect that are on their way into this channel.</summary>
    public IEnumerable<Receiver> In(Dialect dialect, ChannelId channel) => _receivers.Where(r => r.Dialect == dialect && r.Listening.Channel?.Id == channel);

    private static bool IsToldLater(Receiver receiver, ServerEvent happened) =>
        happened is VisibilityChanged change ? receiver.Identity is { } identity && change.Concerns(identity.Id) : receiver.IsTold(happened);

    private static void Keep(Receiver receiver, ServerEvent happened)
    {
        if (receiver.Held is not { } kept || receiver.HeldTooMuch)
            return;
        kept.Add(happened);
        if (kept.Count <= MostEvents)
            return;
        receiver.HeldTooMuch = true;
        kept.Clear();
    }
}
