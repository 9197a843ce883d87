using System.Collections.Immutable;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events.People;

/// <summary>Somebody who is here, or about to come. It belongs to the fan-out's thread.</summary>
internal sealed class Person(UserId id, string username)
{
    public UserId Id { get; } = id;

    public string Username { get; } = username;

    /// <summary>Null until it is known.</summary>
    public ChosenStatus? Chosen { get; set; }

    /// <summary>What the others are shown; null where they were shown nothing since this person came.</summary>
    public MemberState? Shown { get; set; }

    public ImmutableArray<Receiver> Receivers { get; set; } = [];

    /// <summary>So many connections are about to come.</summary>
    public int Expected { get; set; }

    /// <summary>Whether one of them listens to all channels that it sees, and so is in every one of these.</summary>
    public bool IsEverywhere => Receivers.Any(r => r.Listening.IsToAll);

    public MemberState ToMember() => Attendance.ShownAfterArrival(new Identity(Id, Username, 0), Chosen ?? ChosenStatus.Default) with { Status = Status };

    private string Status
    {
        get
        {
            if (Receivers.IsEmpty)
                return MemberStatus.Offline;
            var chosen = (Chosen ?? ChosenStatus.Default).Status;
            return chosen == MemberStatus.Online && Receivers.All(r => r.IsIdle) ? MemberStatus.Idle : chosen;
        }
    }
}
