using Parley.Server.Storage.Logs;

namespace Parley.Server.Commands;

/// <summary>A draft, and what to answer when it is in the log; or a refusal.</summary>
internal readonly record struct Drafted(Draft? Draft, Func<MessagePosition, Outcome>? Appended, Refusal? Refusal)
{
    public static implicit operator Drafted(Refusal refusal) => new(null, null, refusal);
}
