using System.Collections.Immutable;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>What somebody chose to be shown as.</summary>
/// <param name="Status">Online or do not disturb.</param>
/// <param name="Text">A line of their own; may be empty.</param>
internal sealed record ChosenStatus(string Status, string Text)
{
    public static ChosenStatus Default { get; } = new(MemberStatus.Online, "");
}

/// <summary>
/// Everybody of this server, and by which connections they are here. It belongs to the fan-out's thread, so that what is announced and what is listed can
/// never disagree.
/// </summary>
internal sealed class Attendance(TimeProvider time) : IFanOutItem
{
    private static readonly TimeSpan PresencePace = TimeSpan.FromSeconds(1);

    /// <summary>A frame's worth of members, each with the longest text: a burst of registrations is no reason to pass the limit.</summary>
    public const int MostMembersInAFrame = 2_000;

    private readonly Dictionary<UserId, Person> _people = [];
    private readonly MemberList _members = new();
    private readonly HashSet<UserId> _changed = [];

    // By name: whose connections are in every channel. User names are ASCII: ordinal is code-point order.
    private readonly SortedSet<string> _everywhere = new(StringComparer.Ordinal);

    // By the monotonic clock: one that is set back must not silence anybody.
    private long? _lastPresence;

    /// <summary>How long the fan-out may sleep.</summary>
    public TimeSpan UntilNextRound
    {
        get
        {
            if (_changed.Count == 0)
                return Timeout.InfiniteTimeSpan;
            var left = UntilPresence;
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    private TimeSpan UntilPresence => _lastPresence is { } last ? PresencePace - time.GetElapsedTime(last) : TimeSpan.Zero;

    /// <summary>The people of a server, at most a thousand of those who are away; by name.</summary>
    public MemberSnapshot Members => _members.Snapshot();

    /// <summary>Makes somebody known who has an account.</summary>
    public void Know(UserId id, string username, ChosenStatus chosen)
    {
        if (_people.ContainsKey(id))
            return;
        var person = new Person(id, username) { Chosen = chosen };
        _people.Add(id, person);
        _members.Put(person.Shown = person.ToMember());
    }

    /// <summary>Somebody chose another status or text.</summary>
    public void Choose(UserId id, ChosenStatus chosen)
    {
        if (!_people.TryGetValue(id, out var person))
            return;
        person.Chosen = chosen;
        Show(person);
    }

    /// <summary>A connection says whether anybody is at its device.</summary>
    public void Idle(Receiver receiver, bool isIdle)
    {
        receiver.IsIdle = isIdle;
        if (receiver.Identity is { } identity && _people.TryGetValue(identity.Id, out var person))
            Show(person);
    }

    public bool IsOnline(UserId user) => _people.TryGetValue(user, out var person) && person.Receivers.Length > 0;

    /// <summary>The connections of one or two users.</summary>
    public IEnumerable<Receiver> ReceiversOf(UserId first, UserId second)
    {
        var receivers = _people.TryGetValue(first, out var person) ? person.Receivers : [];
        return first == second || !_people.TryGetValue(second, out var other) ? receivers : receivers.AddRange(other.Receivers);
    }

    /// <summary>Level 1: who is in a channel, by name in code-point order. A level-2 client is in every channel.</summary>
    /// <param name="fanOut">Where the connections are.</param>
    /// <param name="room">The channel.</param>
    /// <param name="alsoIn">Somebody who is about to be in it.</param>
    public IReadOnlyList<UserEntry> UsersIn(FanOut fanOut, Room room, Identity? alsoIn)
    {
        var names = new SortedSet<string>(_everywhere, StringComparer.Ordinal);
        if (alsoIn is not null)
            names.Add(alsoIn.Username);
        foreach (var receiver in fanOut.ReceiversIn(room.Id))
            names.Add(receiver.Identity?.Username ?? "");

        return [.. names.Select(n => new UserEntry(n, MemberStatus.Online))];
    }

    /// <summary>A connection comes: its receiver is in its feed already.</summary>
    public void Arrive(FanOut fanOut, Receiver receiver, Identity identity)
    {
        Know(identity.Id, identity.Username, ChosenStatus.Default);
        var person = _people[identity.Id];
        var wasOnline = person.Receivers.Length > 0;
        person.Receivers = person.Receivers.Add(receiver);
        if (receiver.Level > 1)
            _everywhere.Add(person.Username);
        foreach (var room in RoomsOf(fanOut, receiver))
        {
            if (!IsIn(person, room, receiver))
                AnnounceJoined(fanOut, room, identity);
        }

        Show(person);
        if (!wasOnline)
            AnnounceStatus(fanOut, person, MemberStatus.Online);
    }

    /// <summary>A connection goes: its receiver is out of its feed already.</summary>
    public void Leave(FanOut fanOut, Receiver receiver)
    {
        if (receiver.Identity is not { } identity || !_people.TryGetValue(identity.Id, out var person) || !person.Receivers.Contains(receiver))
            return;
        person.Receivers = person.Receivers.Remove(receiver);
        if (!person.IsEverywhere)
            _everywhere.Remove(person.Username);
        foreach (var room in RoomsOf(fanOut, receiver))
        {
            if (!IsIn(person, room, except: null))
                AnnounceLeft(fanOut, room, identity);
        }

        Show(person);
        if (person.Receivers.Length == 0)
            AnnounceStatus(fanOut, person, MemberStatus.Offline);
    }

    /// <summary>Level 1: a connection went from one channel to another; its receiver's feed and current channel are the new ones already.</summary>
    public void Moved(FanOut fanOut, Receiver receiver, Room? from)
    {
        if (receiver.Identity is not { } identity || !_people.TryGetValue(identity.Id, out var person) || from == receiver.CurrentChannel)
            return;
        if (from is { } left && !IsIn(person, left, receiver))
            AnnounceLeft(fanOut, left, identity);
        if (receiver.CurrentChannel is { } joined && !IsIn(person, joined, receiver))
            AnnounceJoined(fanOut, joined, identity);
    }

    /// <summary>Once a round: says to level 2 whose status changed, at most once a second.</summary>
    public void Apply(FanOut fanOut)
    {
        if (_changed.Count == 0 || UntilPresence > TimeSpan.Zero)
            return;
        var members = _changed.Select(id => _people[id].Shown).OrderBy(m => m.Username, StringComparer.Ordinal).ToArray();
        _changed.Clear();
        _lastPresence = time.GetTimestamp();
        foreach (var part in members.Chunk(MostMembersInAFrame))
            fanOut.AnnounceToLevel2(block => block.Append(new PresenceChanged(part), ProtocolJson.Default.PresenceChanged));
    }

    private static IEnumerable<Room> RoomsOf(FanOut fanOut, Receiver receiver)
    {
        if (receiver.Level > 1)
            return fanOut.OccupiedRooms;
        return receiver.CurrentChannel is { } room ? [room] : [];
    }

    private static bool IsIn(Person person, Room room, Receiver? except) =>
        person.Receivers.Any(r => r != except && (r.Level > 1 || r.CurrentChannel?.Id == room.Id));

    private static void AnnounceJoined(FanOut fanOut, Room room, Identity who) =>
        fanOut.Announce(room.Id, who.Id, block => block.Append(new UserJoined(room.Name, who.Username), ProtocolJson.Default.UserJoined));

    private static void AnnounceLeft(FanOut fanOut, Room room, Identity who) =>
        fanOut.Announce(room.Id, who.Id, block => block.Append(new UserLeft(room.Name, who.Username), ProtocolJson.Default.UserLeft));

    // To level 1, which knows no more than who is here and who is not.
    private static void AnnounceStatus(FanOut fanOut, Person person, string status) =>
        fanOut.Announce(null, person.Id, block => block.Append(new StatusChanged(person.Username, status), ProtocolJson.Default.StatusChanged));

    private void Show(Person person)
    {
        var member = person.ToMember();
        if (member == person.Shown)
            return;
        _members.Put(person.Shown = member);
        _changed.Add(person.Id);
    }

    private sealed class Person(UserId id, string username)
    {
        public UserId Id { get; } = id;

        public string Username { get; } = username;

        public ChosenStatus Chosen { get; set; } = ChosenStatus.Default;

        /// <summary>What the others are shown.</summary>
        public MemberState Shown { get; set; } = new(id, username, MemberStatus.Offline);

        public ImmutableArray<Receiver> Receivers { get; set; } = [];

        /// <summary>Whether a level-2 connection is among them, which takes part in every channel.</summary>
        public bool IsEverywhere => Receivers.Any(r => r.Level > 1);

        public MemberState ToMember() => new(Id, Username, Status, Chosen.Text.Length == 0 ? null : Chosen.Text);

        private string Status
        {
            get
            {
                if (Receivers.IsEmpty)
                    return MemberStatus.Offline;
                return Chosen.Status == MemberStatus.Online && Receivers.All(r => r.IsIdle) ? MemberStatus.Idle : Chosen.Status;
            }
        }
    }
}
