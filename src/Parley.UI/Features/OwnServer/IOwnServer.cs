using Parley.Client.Connection;

namespace Parley.UI.Features.OwnServer;

/// <summary>The server that this person runs on this machine for friends, as long as the program is open. The host of the interface knows how.</summary>
public interface IOwnServer
{
    /// <summary>The state is another one. Called on any thread.</summary>
    event Action? Changed;

    /// <summary>How it stands.</summary>
    OwnServerState State { get; }

    /// <summary>Where the person's own client finds it, running or not; null where there never was one.</summary>
    ServerAddress? Address { get; }

    /// <summary>
    /// Starts it, now and at each start of the program, until it is stopped. It is over when the state is no longer <see cref="OwnServerState.Starting"/>.
    /// </summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops it in order; what was said there is kept for the next start.</summary>
    Task StopAsync();
}

/// <summary>How the person's own server stands.</summary>
public abstract record OwnServerState
{
    private OwnServerState()
    {
    }

    /// <summary>It does not run, and nobody wants it to.</summary>
    public sealed record Stopped : OwnServerState;

    /// <summary>It will accept connections in a moment.</summary>
    public sealed record Starting : OwnServerState;

    /// <summary>It accepts connections.</summary>
    /// <param name="Port">The port that must be open to friends.</param>
    /// <param name="Fingerprint">Of its certificate, as it printed it itself.</param>
    /// <param name="Addresses">Where friends find this machine, the likeliest first; empty where it is on no network.</param>
    public sealed record Running(int Port, Fingerprint Fingerprint, IReadOnlyList<string> Addresses) : OwnServerState;

    /// <summary>It should run and does not.</summary>
    /// <param name="Problem">Why.</param>
    /// <param name="Detail">What the server said last; null where it said nothing.</param>
    public sealed record Failed(OwnServerProblem Problem, string? Detail) : OwnServerState;
}

/// <summary>Why the person's own server does not run.</summary>
public enum OwnServerProblem
{
    /// <summary>The program <c>parley-server</c> is not there.</summary>
    NoProgram,

    /// <summary>It ended, or it never came up.</summary>
    Ended,
}
