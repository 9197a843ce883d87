namespace Parley.Server.Measuring;

/// <summary>How a running server is, at one moment. Counts are since its start.</summary>
internal sealed record ServerStatus
{
    public required string Server { get; init; }

    public required long UptimeSeconds { get; init; }

    /// <summary>Connections that have not logged in, of which some are in a TLS handshake.</summary>
    public required int Unauthenticated { get; init; }

    /// <summary>Connections that have logged in.</summary>
    public required int Members { get; init; }

    /// <summary>Addresses that have connections.</summary>
    public required int Addresses { get; init; }

    /// <summary>Connections that logged in, by password or by token.</summary>
    public required long Arrivals { get; init; }

    public required IReadOnlyList<QueueStatus> Queues { get; init; }

    public required long WritesDone { get; init; }

    public required long WritesFailed { get; init; }

    public required long HashesDone { get; init; }

    /// <summary>Passwords for which there was no space.</summary>
    public required long HashesRefused { get; init; }

    /// <summary>Frames that were refused for what they cost.</summary>
    public required long CostsRefused { get; init; }

    /// <summary>Memory of what waits for connections whose peers are behind.</summary>
    public required long WaitingBytes { get; init; }

    /// <summary>Memory of long frames that are under way.</summary>
    public required long LongFrameBytes { get; init; }

    /// <summary>Connections that were closed because their peers did not take what was sent.</summary>
    public required long SlowClosed { get; init; }

    /// <summary>Memory of the process.</summary>
    public required long ResidentBytes { get; init; }
}
