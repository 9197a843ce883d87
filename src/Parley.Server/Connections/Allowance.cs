using System.Net;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Limits;

namespace Parley.Server.Connections;

/// <summary>
/// What one connection may do: whether it may stay, how long it may take to log in, how fast it may ask and at what price. For its reader alone.
/// </summary>
/// <param name="address">Where the peer is.</param>
/// <param name="connections">All connections together.</param>
/// <param name="limits">Of each.</param>
/// <param name="time">The clock.</param>
#pragma warning disable CA1001 // The deadline is disposed at the login, or by Leave.
internal sealed class Allowance(IPAddress address, ConnectionLimits connections, ServerLimits limits, TimeProvider time)
#pragma warning restore CA1001
{
    private FrameBucket _frames = new(limits.FramesPerSecond, time);
    private ReceiveClock _received = new(time);
    private LoginDeadline? _loginDeadline;

    /// <summary>What it spends.</summary>
    public Purse Purse { get; } = new(connections.Spending);

    /// <summary>Counts the connection in, as one that has not logged in; returns the words of a refusal where it may not stay, null where it may.</summary>
    public string? RefuseEntry()
    {
        if (connections.RefuseEntry(address) is { } refusal)
            return refusal;
        Purse.EnterAddress(address);
        return null;
    }

    /// <summary>From now on the login deadline runs.</summary>
    public void BeginLoginDeadline(Action tooLate) => _loginDeadline = new LoginDeadline(limits, time, tooLate);

    /// <summary>Counts a request; false where this connection sends faster than it may.</summary>
    public bool TryTakeFrame() => _frames.TryTake();

    /// <summary>Pays for a request; false where the user or the address has not enough left.</summary>
    public bool TryPay(Cost cost, int payloadBytes) => Purse.TryPay(cost.Points, payloadBytes);

    /// <summary>When the message that is looked at now was received.</summary>
    public long MessageReceivedAt() => _received.Next(limits.MessagesPerSecond);

    /// <summary>Everything received was read: the next frame is received when it is read.</summary>
    public void CaughtUp() => _received.CaughtUp();

    /// <summary>The door was busy for so long, and read nothing.</summary>
    public void StoodStill(TimeSpan howLong) => _received.StoodStill(howLong);

    /// <summary>A login or registration begins: the login deadline stands still meanwhile.</summary>
    public void AttemptBegins() => _loginDeadline?.Pause();

    /// <summary>The login or registration was carried out.</summary>
    /// <param name="user">Who has logged in by it; null for nobody.</param>
    public void AttemptEnded(UserId? user)
    {
        if (user is not { } id)
        {
            _loginDeadline?.Restart();
            return;
        }

        Purse.EnterUser(id);
        connections.Arrived();
        EndLoginDeadline();
    }

    /// <summary>The connection that was counted in has ended.</summary>
    public void Leave()
    {
        EndLoginDeadline();
        Purse.Leave();
        connections.Leave(address);
    }

    private void EndLoginDeadline()
    {
        if (_loginDeadline is null)
            return;
        _loginDeadline.Dispose();
        _loginDeadline = null;
        connections.NoLongerUnauthenticated();
    }
}
