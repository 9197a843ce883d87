using Parley.Protocol.Features;
using Parley.Server.Commands;

namespace Parley.Server.Doors.Frames;

/// <summary>What both levels say of a refusal. Clients translate it by these very words: they are a part of the protocol.</summary>
internal static class RefusalWords
{
    // One wording for all limits on speed: programs of level 1 know this one.
    private const string TooFast = "Slow down! Too many messages.";

    public static ErrorMessage Of(Refusal refusal) => new(refusal.Code, In(refusal.Key, refusal.Values)) { Event = refusal.Event };

    private static string In(RefusalKey key, IReadOnlyList<string> values) => key switch
    {
        RefusalKey.TooFast => TooFast,
        RefusalKey.NotLoggedIn => "You must log in first.",
        RefusalKey.Forbidden => "You may not do that here.",
        RefusalKey.InvalidFormat => "Invalid message format.",
        RefusalKey.UnknownType => $"Unknown message type: {values[0]}",
        RefusalKey.AnswerTooLong => "The answer is too long to be sent.",
        RefusalKey.CannotStore => "The server cannot store anything now. Try again later.",
        RefusalKey.ServerFault => "Something went wrong in the server. Try again.",
        RefusalKey.BrokenRule => values[0],
        RefusalKey.NoSuchChannel => $"Channel '{values[0]}' not found.",
        RefusalKey.NoSuchUser => $"User '{values[0]}' not found.",
        RefusalKey.NobodyToTalkWith => $"User '{values[0]}' not found or offline.",
        RefusalKey.NoSuchMessage => "There is no such message.",
        RefusalKey.MessageDeleted => "This message was deleted.",
        RefusalKey.EditedSince => "Somebody changed this message since.",
        RefusalKey.TooManyReactions => $"A message has at most {values[0]} different reactions.",
        RefusalKey.NoSuchSession => "There is no such session any more.",
        RefusalKey.ChannelNeeded => "Channel name required.",
        RefusalKey.ChannelAndNumberNeeded => "A channel and a number are needed.",
        RefusalKey.SessionNeeded => "A session is needed.",
        RefusalKey.ChannelExists => $"Channel '{values[0]}' already exists.",
        RefusalKey.TooManyChannels => $"There are {values[0]} channels already: no more fit.",
        RefusalKey.TooManyNewChannels => $"Too many new channels. Try again in {values[0]} minutes.",
        RefusalKey.StatusUnknown => "Status must be 'online' or 'dnd'.",
        RefusalKey.IdleNeeded => "Idle must be true or false.",
        RefusalKey.PageTooLong => $"A page holds 1 to {values[0]} entries.",
        RefusalKey.HistoryPageTooLong => $"A page holds 1 to {values[0]} events.",
        RefusalKey.CursorUnknown => "This cursor is none that the server gave.",
        RefusalKey.HistoryPositionUnclear => "Ask for what is before a number, after it, or from a time on: one of them; numbers are not negative.",
        RefusalKey.MemberPositionUnclear =>
            "Ask for what is behind a cursor, from a place on, or by the beginning of names: one of them; places are not negative.",
        RefusalKey.MemberPositionTooFar => $"A place may be {values[0]} behind those who are here; go on by the cursor.",
        RefusalKey.SessionEnded => "This session has ended. Log in again.",
        RefusalKey.ArrivalTooLate => "The server is busy. Try again later.",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, null),
    };
}
