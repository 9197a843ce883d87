using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary><c>ping</c> (level 2): answered by <see cref="Pong"/>; it keeps a connection's path alive and shows that it is.</summary>
public sealed record Ping() : Command("ping");

/// <summary><c>pong</c>: the answer to <see cref="Ping"/>.</summary>
public sealed record Pong() : ServerMessage("pong");

/// <summary><c>done</c> (level 2): a request was carried out.</summary>
/// <param name="ChannelId">The channel or conversation that it made, found or changed something in, where it did.</param>
public sealed record Done(ChannelId? ChannelId = null) : ServerMessage("done")
{
    /// <summary>The number of its event in that channel's log, where it is one.</summary>
    public long? Number { get; init; }
}

/// <summary><c>error</c>: a request was refused, and the connection goes on.</summary>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
/// <param name="Message">What to tell the person.</param>
public sealed record ErrorMessage(string Code, string Message) : ServerMessage("error")
{
    /// <summary>Level 2: which refusal it is, among many of one code; clients translate it by this (docs/protocol.md, "Errors").</summary>
    public string? Key { get; init; }

    /// <summary>What it is about, in the order of the key's places: names, numbers; null where there are none.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>With <see cref="ErrorCode.Conflict"/>: the message as it is.</summary>
    public ChannelEvent? Event { get; init; }
}

/// <summary><c>system</c> (level 1): a word of the server's own.</summary>
public sealed record SystemMessage(string Message) : ServerMessage("system");

/// <summary><c>closing</c> (level 2): the last message of a connection that the server closes.</summary>
/// <param name="Reason">One of <see cref="CloseReason"/>.</param>
/// <param name="Message">What to tell the person.</param>
/// <param name="Reconnect">One of <see cref="ReconnectAdvice"/>.</param>
public sealed record Closing(string Reason, string Message, string Reconnect) : ServerMessage("closing");

/// <summary>What a client does after <see cref="Closing"/>.</summary>
public static class ReconnectAdvice
{
    /// <summary>Come back at once.</summary>
    public const string Now = "now";

    /// <summary>Come back after the usual wait.</summary>
    public const string Later = "later";

    /// <summary>Do not come back by yourself.</summary>
    public const string Never = "never";
}
