namespace Parley.Server.Commands;

/// <summary>What can be refused. Each has its words in the doors' tables.</summary>
internal enum RefusalKey
{
    TooFast,
    NotLoggedIn,
    Forbidden,
    InvalidFormat,
    UnknownType,
    AnswerTooLong,
    CannotStore,
    ServerFault,

    /// <summary>The value is the rule's own words.</summary>
    BrokenRule,

    /// <summary>The value is its name or id, as it was asked for.</summary>
    NoSuchChannel,

    /// <summary>The value is the name.</summary>
    NoSuchUser,

    /// <inheritdoc cref="NoSuchUser"/>
    NobodyToTalkWith,
    NoSuchSession,
    NoSuchMessage,
    MessageDeleted,

    /// <summary>By another device of the same person; the event is the message as it is.</summary>
    EditedSince,

    /// <summary>The value is how many different ones a message may have.</summary>
    TooManyReactions,

    /// <summary>No channel is named, and there is none that could be meant.</summary>
    ChannelNeeded,
    ChannelAndNumberNeeded,
    SessionNeeded,

    /// <summary>The value is its name.</summary>
    ChannelExists,

    /// <summary>The value is how many there are.</summary>
    TooManyChannels,

    /// <summary>The value is how many minutes to wait.</summary>
    TooManyNewChannels,
    StatusUnknown,
    IdleNeeded,

    /// <summary>The value is the most entries of a page.</summary>
    PageTooLong,

    /// <summary>The value is the most events of a page.</summary>
    HistoryPageTooLong,
    CursorUnknown,
    HistoryPositionUnclear,
    MemberPositionUnclear,

    /// <summary>The value is how far a position may be behind.</summary>
    MemberPositionTooFar,

    /// <summary>The session that somebody comes back to, or has just made, has ended.</summary>
    SessionEnded,

    /// <summary>Too many arrive.</summary>
    ArrivalTooLate,
}
