using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Client.Connection;
using Parley.Client.Mirror;

namespace Parley.Client;

/// <summary>What a <see cref="ChatClient"/> is given by its host besides its server.</summary>
public sealed record ChatClientOptions
{
    /// <summary>The way to the server.</summary>
    public required IWire Wire { get; init; }

    /// <summary>HTTP beside the wire; null where the host has none.</summary>
    public IHttpClients? Http { get; init; }

    /// <summary>
    /// The mirrors of this machine. With them the client starts with what it knew, history that was seen can be read with no server, and what is written
    /// survives the end of the process. Null: everything is in memory.
    /// </summary>
    public IMirrors? Mirrors { get; init; }

    /// <summary>
    /// The pinned fingerprint of the server's certificate (<c>--trust SHA256</c>, or what the person trusted earlier); null where there is none.
    /// </summary>
    public Fingerprint? Pin { get; init; }

    /// <summary>The program's name and version, told to the server's operator.</summary>
    public string Program { get; init; } = "parley-client 0.1.0";

    /// <summary>
    /// How many events of one room are fetched after a break without being asked for. Where there were more, the latest page is loaded, and what was said
    /// between when somebody looks at it. What is held is brought up to date however much that is.
    /// </summary>
    public int CatchUpLimit { get; init; } = 5_000;

    /// <summary>
    /// About how many messages of one log stay in memory. Where there are more, what nobody looks at (<see cref="ChatClient.Hold"/>) is let go of, and comes
    /// again when somebody pages there: from the mirror, or from the server. Null: all that was said and loaded.
    /// </summary>
    public int? MessagesInMemory { get; init; }

    /// <summary>
    /// About how many messages of all logs together stay in memory. Where there are more, the logs that nobody looks at are cut to their last 50, the one that
    /// was looked at longest ago first. Null: as many as there are.
    /// </summary>
    public int? MessagesInMemoryOfAll { get; init; }

    /// <summary>
    /// About how many members are asked for by themselves; on a larger server the others come by <see cref="ChatClient.LoadMoreMembersAsync"/> and
    /// <see cref="ChatClient.FindMembersAsync"/>.
    /// </summary>
    public int MembersInMemory { get; init; } = 2_000;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the client's life is logged: connections and faults, never text, tokens or passwords.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
