using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Limits;

namespace Parley.Server.Commands;

/// <summary>How many messages and changes a user may make a second. Each has its own window, so that editing silences nobody.</summary>
internal sealed class UserRates(ServerLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SlidingWindow<UserId> _messages = new(limits.MessagesPerSecond, Second, time);
    private readonly SlidingWindow<UserId> _changes = new(limits.ChangesPerSecond, Second, time);

    /// <summary>Counts one; false where the user has had as many in this second.</summary>
    public bool TryTake(Rate rate, UserId user, Allowance allowance) => rate switch
    {
        // By the time of arrival, not by when the reader got to it.
        Rate.Message => _messages.TryTake(user, out _, allowance.MessageReceivedAt()),
        Rate.Change => _changes.TryTake(user, out _),
        _ => true,
    };
}
