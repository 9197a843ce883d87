using Parley.Protocol.Features;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Admin;

/// <summary>
/// A command of the operator's, by the socket of a running server or on the file of a stopped one. It is a line of the table in Features/FeatureList.cs. What
/// can be expected to fail is an answer; an exception is a bug or an outage.
/// </summary>
internal interface IAdminCommand
{
    /// <summary>As <see cref="AdminRequest.Command"/> says it.</summary>
    string Name { get; }

    Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken);
}

/// <summary>The data that a command works on.</summary>
internal interface IAdminData
{
    /// <summary>Now, in microseconds after the Unix epoch.</summary>
    long Now { get; }

    /// <summary>Reads from one consistent state.</summary>
    T Read<T>(Func<StoreConnection, T> read);

    /// <summary>
    /// Writes in a transaction (of a running server: in the write queue, so the same rules hold as for a handler). What answers that it was not done is undone;
    /// else it is told to the clients that it concerns, once it is on disk.
    /// </summary>
    Task<AdminAnswer> WriteAsync(Func<StoreConnection, AdminChange> write, CancellationToken cancellationToken);
}

/// <summary>What a command wrote, and whom it concerns.</summary>
/// <param name="Answer">For the operator.</param>
internal sealed record AdminChange(AdminAnswer Answer)
{
    /// <summary>What the clients are told.</summary>
    public IReadOnlyList<ServerEvent> Events { get; init; } = [];

    /// <summary>Sessions that were ended; their connections are closed.</summary>
    public IReadOnlyList<long> EndedSessions { get; init; } = [];

    /// <summary>What those connections are told last.</summary>
    public Closing? Closing { get; init; }

    public static AdminChange Refuse(string text) => new(AdminAnswer.Refuse(text));
}
