namespace Parley.Server.Limits;

/// <summary>What one user, one address and one connection may do (docs/protocol.md, "Limits"). 0 stands for no limit.</summary>
internal sealed record ServerLimits
{
    public int MessagesPerSecond { get; init; } = 5;

    /// <summary>Edits, deletions and reactions a second of one user, over all connections.</summary>
    public int ChangesPerSecond { get; init; } = 5;

    /// <summary>Points a second that the commands of one user may cost, over all connections.</summary>
    public int UserBudget { get; init; } = 200;

    /// <summary>Points a second of one address, of all users there and of those who have not logged in.</summary>
    public int AddressBudget { get; init; } = 1_000;

    /// <summary>KiB a second of pages (history, lists, initial snapshots) for one user.</summary>
    public int UserPageKib { get; init; } = 1024;

    /// <summary>KiB a second of pages for one address.</summary>
    public int AddressPageKib { get; init; } = 2 * 1024;

    public int ConnectionsPerAddress { get; init; } = 200;

    /// <summary>New connections of one address in ten seconds: a TLS handshake costs a millisecond of a core, whoever it is.</summary>
    public int NewConnections { get; init; } = 400;

    /// <summary>Connections that have not logged in, of all addresses together.</summary>
    public int Unauthenticated { get; init; } = 4_096;

    /// <summary>Who has not logged in has this long to say a complete <c>auth_*</c> or <c>hello</c>.</summary>
    public TimeSpan FirstWord { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>And this long for the next one, after a refusal or a <c>welcome</c>: a person may be typing.</summary>
    public TimeSpan NextWord { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What a connection may send in a second; a burst may be five times that.</summary>
    public int FramesPerSecond { get; init; } = 200;

    /// <summary>Failed logins a minute that are free for one name.</summary>
    public int FailedLoginsPerName { get; init; } = 10;

    /// <summary>Failed logins a minute that are free for one address.</summary>
    public int FailedLoginsPerAddress { get; init; } = 20;

    public int RegistrationsPerHour { get; init; } = 100;

    /// <summary>Channels that one user may make in an hour.</summary>
    public int ChannelsPerHour { get; init; } = 10;

    /// <summary>The longest payload of somebody who has not logged in, in bytes.</summary>
    public int UnauthenticatedFrameBytes { get; init; } = 4 * 1024;

    /// <summary>How long the rest of a frame that has begun may take.</summary>
    public TimeSpan FrameTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory for long frames that are under way, of all connections together.</summary>
    public long LongFrameBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Memory for what waits for connections whose peers are behind, of all together.</summary>
    public long WaitingBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// Wrong invite codes a minute from one address. There is no bound over all: it would shut out everybody, and of 60 bits none is found by guessing.
    /// </summary>
    public int WrongCodesPerAddress { get; init; } = 10;

    /// <summary>For trusted load: no limits but the time to log in and the time for a frame.</summary>
    public static ServerLimits None { get; } = new()
    {
        MessagesPerSecond = 0,
        ChangesPerSecond = 0,
        UserBudget = 0,
        AddressBudget = 0,
        UserPageKib = 0,
        AddressPageKib = 0,
        ConnectionsPerAddress = 0,
        NewConnections = 0,
        Unauthenticated = 0,
        FramesPerSecond = 0,
        FailedLoginsPerName = 0,
        FailedLoginsPerAddress = 0,
        RegistrationsPerHour = 0,
        ChannelsPerHour = 0,
        UnauthenticatedFrameBytes = 0,
        LongFrameBytes = 0,
        WaitingBytes = 0,
        WrongCodesPerAddress = 0,
    };
}
