using System.Net;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Limits;

namespace Parley.Server.Connections;

/// <summary>What one connection may do: whether it may stay, for how long as a stranger, how fast it may ask and at what price. For its reader alone.</summary>
/// <param name="address">Where the peer is.</param>
/// <param name="connections">All connections together.</param>
/// <param name="limits">Of each.</param>
/// <param name="time">The clock.</param>
#pragma warning disable CA1001 // The watch ends with the login, or with Leave.
internal sealed class Allowance(IPAddress address, ConnectionLimits connections, ServerLimits limits, TimeProvider time)
#pragma warning restore CA1001
{
    private FrameBucket _frames = new(limits.FramesPerSecond, time);
    private ArrivalClock _arrivals = new(time);
    private StrangerWatch? _stranger;

    /// <summary>What it spends.</summary>
    public Purse Purse { get; } = new(connections.Spending);

    /// <summary>Counts the connection in, as a stranger; where it may not stay, the words for it.</summary>
    public string? TryEnter()
    {
        if (connections.TryEnter(address) is { } refusal)
            return refusal;
        Purse.EnterAddress(address);
        return null;
    }

    /// <summary>From now on somebody has to log in in time.</summary>
    public void WatchStranger(Action tooLate) => _stranger = new StrangerWatch(limits, time, tooLate);

    /// <summary>Counts a request; false where this connection sends faster than it may.</summary>
    public bool TryTakeFrame() => _frames.TryTake();

    /// <summary>Pays for a request; false where the user or the address has not enough left.</summary>
    public bool TryPay(Cost cost, int payloadBytes) => Purse.TryPay(cost.Points, payloadBytes);

    /// <summary>When the message that is looked at now arrived.</summary>
    public long MessageArrived() => _arrivals.Next(limits.MessagesPerSecond);

    /// <summary>Nothing more is there: what comes from now on comes now.</summary>
    public void CaughtUp() => _arrivals.CaughtUp();

    /// <summary>The door did not look for so long.</summary>
    public void StoodStill(TimeSpan howLong) => _arrivals.StoodStill(howLong);

    /// <summary>What a stranger may ask for begins to be carried out.</summary>
    public void AttemptBegins() => _stranger?.Spoke();

    /// <summary>It was carried out.</summary>
    /// <param name="user">Who has logged in by it; null for nobody.</param>
    public void AttemptEnded(UserId? user)
    {
        if (user is not { } id)
        {
            _stranger?.Waits();
            return;
        }

        Purse.EnterUser(id);
        connections.Arrived();
        EndStranger();
    }

    /// <summary>The connection that was counted in has ended.</summary>
    public void Leave()
    {
        EndStranger();
        Purse.Leave();
        connections.Leave(address);
    }

    private void EndStranger()
    {
        if (_stranger is null)
            return;
        _stranger.Dispose();
        _stranger = null;
        connections.StrangerNoMore();
    }
}
