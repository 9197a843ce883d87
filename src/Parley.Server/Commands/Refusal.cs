using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>
/// An expected refusal: data. What a person is told of it stands in the tables of the doors (Doors/Frames/RefusalWords.cs has the words of both levels).
/// </summary>
/// <param name="Code">A stable code of the protocol, which tells a client what it can do; one of <see cref="ErrorCode"/>.</param>
/// <param name="Key">Which refusal it is, among many of one code; one of <see cref="RefusalKey"/>.</param>
/// <param name="Values">What it is about: names, numbers.</param>
internal sealed record Refusal(string Code, RefusalKey Key, params IReadOnlyList<string> Values)
{
    private const int MostEchoed = 1_000;

    /// <summary>What the refusal is about, as it is.</summary>
    public Parley.Protocol.Features.ChannelEvent? Event { get; init; }

    public static Refusal TooFast { get; } = new(ErrorCode.RateLimited, RefusalKey.TooFast);

    public static Refusal NotLoggedIn { get; } = new(ErrorCode.NotAuthenticated, RefusalKey.NotLoggedIn);

    /// <summary>They may see it, and may not do that.</summary>
    public static Refusal Forbidden { get; } = new(ErrorCode.Forbidden, RefusalKey.Forbidden);

    public static Refusal InvalidFormat { get; } = Invalid(RefusalKey.InvalidFormat);

    public static Refusal AnswerTooLong { get; } = new(ErrorCode.Internal, RefusalKey.AnswerTooLong);

    public static Refusal Invalid(RefusalKey key, params IReadOnlyList<string> values) => new(ErrorCode.Invalid, key, values);

    /// <summary>One of the protocol's rules is broken (Parley.Protocol/Rules), which client and server share with their words.</summary>
    public static Refusal OfRule(string words) => Invalid(RefusalKey.BrokenRule, words);

    /// <summary>What the asker is told of a fault: an outage of the database passes, anything else is a bug. Details stay in the log.</summary>
    public static Refusal Of(Exception fault) =>
        Storage.Database.IsFault(fault) ? new(ErrorCode.Busy, RefusalKey.CannotStore) : new(ErrorCode.Internal, RefusalKey.ServerFault);

    public static Refusal UnknownType(string type) => new(ErrorCode.Unknown, RefusalKey.UnknownType, Echo(type));

    /// <param name="named">The channel as it was asked for: a name or an id.</param>
    public static Refusal NoSuchChannel(string named) => new(ErrorCode.NotFound, RefusalKey.NoSuchChannel, Echo(named));

    /// <summary>Whether a name is longer than any name may be. It is refused before it is queued or echoed in an answer that would fit no frame.</summary>
    public static bool IsNoName(string? name) => name is { Length: > MostEchoed };

    public static Refusal NoSuchUser(string name) => new(ErrorCode.NotFound, RefusalKey.NoSuchUser, Echo(name));

    public static Refusal NoSuchMessage { get; } = new(ErrorCode.NotFound, RefusalKey.NoSuchMessage);

    public static Refusal MessageDeleted { get; } = new(ErrorCode.Gone, RefusalKey.MessageDeleted);

    public static Refusal EditedSince { get; } = new(ErrorCode.Conflict, RefusalKey.EditedSince);

    public static Refusal TooManyReactions { get; } = Invalid(RefusalKey.TooManyReactions, "20");

    /// <summary>Of somebody to talk with.</summary>
    public static Refusal NobodyToTalkWith(string name) => new(ErrorCode.NotFound, RefusalKey.NobodyToTalkWith, Echo(name));

    // What was sent comes back in the answer; a whole frame of it would not fit one.
    private static string Echo(string text) => text.Length <= MostEchoed ? text : string.Concat(text.AsSpan(0, MostEchoed), "...");
}
