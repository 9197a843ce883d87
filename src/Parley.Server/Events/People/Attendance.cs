using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events.People;

/// <summary>
/// Who is here, and by which connections. Of those who are away only the first are kept, for the initial snapshot. It belongs to the fan-out's thread, so that
/// what is announced and what is listed never disagree.
/// </summary>
internal sealed class Attendance(TimeProvider time)
{
    private readonly Dictionary<UserId, Person> _people = [];
    private readonly Presence _presence = new(time);
    private readonly ChannelOccupants _occupants = new();

    /// <summary>How long the fan-out may sleep.</summary>
    public TimeSpan UntilNextRound => _presence.UntilNextRound;

    /// <summary>The people of this server in the order in which they are listed.</summary>
    public MemberList Members { get; } = new();

    /// <summary>How many accounts there are. Set at the start, and counted up by whoever makes one.</summary>
    public MemberCount Total { get; } = new();

    /// <summary>Somebody chose a status.</summary>
    public void Choose(UserId id, ChosenStatus chosen)
    {
        if (!_people.TryGetValue(id, out var person))
            return; // Away: it is read when they come.
        person.Chosen = chosen;
        Show(person);
    }

    /// <summary>Nobody is at a connection's device any more, or somebody is again.</summary>
    public void SetIdle(Receiver receiver, bool isIdle)
    {
        receiver.IsIdle = isIdle;
        if (receiver.Identity is { } identity && _people.TryGetValue(identity.Id, out var person))
            Show(person);
    }

    public bool IsOnline(UserId user) => _people.TryGetValue(user, out var person) && person.Receivers.Length > 0;

    /// <summary>What somebody who is here is shown as; null for who is away.</summary>
    public MemberState? Shown(UserId user) => IsOnline(user) ? _people[user].Shown : null;

    /// <summary>The connections of one or two users.</summary>
    public IEnumerable<Receiver> ReceiversOf(UserId first, UserId second)
    {
        var receivers = _people.TryGetValue(first, out var person) ? person.Receivers : [];
        return first == second || !_people.TryGetValue(second, out var other) ? receivers : receivers.AddRange(other.Receivers);
    }

    /// <summary>Who is in a channel. Whoever listens to all that they see is in every one of these.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="isPrivate">Whether it is one that not everybody sees.</param>
    public OccupantNames NamesIn(NamedChannel channel, bool isPrivate) => _occupants.In(channel.Id, isPrivate);

    /// <summary>A connection is about to come: what its user chooses from now on is noticed, and what was chosen before is read meanwhile.</summary>
    /// <returns>What was chosen, where that is known already.</returns>
    public ChosenStatus? Expect(Receiver receiver, Identity identity)
    {
        if (!_people.TryGetValue(identity.Id, out var person))
            _people.Add(identity.Id, person = new Person(identity.Id, identity.Username));
        person.Expected++;
        receiver.IsExpected = true;
        return person.Chosen;
    }

    /// <summary>What a user who is expected will be shown as when their connection has come.</summary>
    /// <param name="identity">Who comes.</param>
    /// <param name="stored">What they chose, as it was read after <see cref="Expect"/>.</param>
    public static MemberState ShownAfterArrival(Identity identity, ChosenStatus stored) =>
        new(identity.Id, identity.Username, stored.Status, stored.Text.Length == 0 ? null : stored.Text);

    /// <summary>A connection comes that was expected: its receiver is in its feed already.</summary>
    public void Arrive(FanOut fanOut, Receiver receiver, Identity identity, ChosenStatus stored)
    {
        if (!receiver.IsExpected || !_people.TryGetValue(identity.Id, out var person))
            return; // It went before it came.
        person.Expected--;
        receiver.IsExpected = false;
        person.Chosen ??= stored;
        var wasOnline = person.Receivers.Length > 0;
        person.Receivers = person.Receivers.Add(receiver);
        if (receiver.Listening.IsToAll)
            _occupants.AddEverywhere(person.Username, receiver.Visible);
        else if (receiver.Listening.Channel is { } channel)
            Enter(channel, person, receiver);
        foreach (var channel in ChannelsOf(fanOut, receiver))
        {
            if (!IsIn(person, channel, receiver))
                fanOut.Tell(new MemberJoined(channel, identity));
        }

        Show(person);
        if (!wasOnline)
            fanOut.Tell(new MemberCameOrWent(person.Id, person.Username, IsHere: true));
    }

    /// <summary>A connection goes, or never came: its receiver is out of its feed already.</summary>
    public void Leave(FanOut fanOut, Receiver receiver)
    {
        if (receiver.Identity is not { } identity || !_people.TryGetValue(identity.Id, out var person))
            return;
        if (receiver.IsExpected)
        {
            receiver.IsExpected = false;
            person.Expected--;
            ForgetIfAway(person);
            return;
        }

        if (!person.Receivers.Contains(receiver))
            return;
        person.Receivers = person.Receivers.Remove(receiver);
        if (!person.IsEverywhere)
            _occupants.RemoveEverywhere(person.Username, receiver.Visible);
        foreach (var channel in ChannelsOf(fanOut, receiver))
        {
            if (!IsIn(person, channel, except: null))
                fanOut.Tell(new MemberLeft(channel, identity));
        }

        LeaveListed(person, receiver);

        Show(person);
        if (person.Receivers.Length == 0)
            fanOut.Tell(new MemberCameOrWent(person.Id, person.Username, IsHere: false));
        ForgetIfAway(person);
    }

    /// <summary>
    /// A connection that listens to one channel at a time went from one to another; its receiver's feed and what it listens to are the new ones already.
    /// </summary>
    public void Moved(FanOut fanOut, Receiver receiver)
    {
        var from = receiver.ListedIn;
        if (receiver.Identity is not { } identity || !_people.TryGetValue(identity.Id, out var person) || from == receiver.Listening.Channel)
            return;
        LeaveListed(person, receiver);
        if (from is { } left && !IsIn(person, left, receiver))
            fanOut.Tell(new MemberLeft(left, identity));

        if (receiver.Listening.Channel is { } joined)
        {
            Enter(joined, person, receiver);
            if (!IsIn(person, joined, receiver))
                fanOut.Tell(new MemberJoined(joined, identity));
        }
    }

    /// <summary>The only channel that a connection listens to has another name.</summary>
    public static void Renamed(Receiver receiver, NamedChannel channel) => receiver.ListedIn = receiver.ListedIn is null ? null : channel;

    /// <summary>The only channel that a connection listens to is gone for everybody, so that nobody has to be told of each who was there.</summary>
    public void LeftUnannounced(Receiver receiver)
    {
        if (receiver.Identity is { } identity && _people.TryGetValue(identity.Id, out var person))
            LeaveListed(person, receiver);
    }

    /// <summary>For one channel, a connection that is here sees something else than everybody, or the same again.</summary>
    public void SetException(Receiver receiver, ChannelId channel, bool isException)
    {
        if (receiver is { Listening.IsToAll: true, Identity: { } identity } && _people.ContainsKey(identity.Id))
            _occupants.SetException(identity.Username, channel, isException);
    }

    /// <summary>
    /// Somebody sees a channel from now on, or no more. Where they listen to all channels, those who listen to this one alone are told that they came or went.
    /// </summary>
    public void AnnounceVisibility(FanOut fanOut, UserId user, ChannelId channel, bool isSeen)
    {
        if (!_people.TryGetValue(user, out var person) || !person.IsEverywhere || person.Receivers.Any(r => r.ListedIn?.Id == channel))
            return;
        var who = new Identity(person.Id, person.Username, 0);
        foreach (var occupied in fanOut.OccupiedChannels.Where(occupied => occupied.Id == channel).ToList())
            fanOut.Tell(isSeen ? new MemberJoined(occupied, who) : new MemberLeft(occupied, who));
    }

    /// <summary>Tells whose status changed, as often as that is told (<see cref="Presence"/>). Called once a round.</summary>
    public void TellPresence(FanOut fanOut) => _presence.Tell(fanOut);

    private void Enter(NamedChannel channel, Person person, Receiver receiver)
    {
        receiver.ListedIn = channel;
        _occupants.Enter(channel.Id, person.Username);
    }

    private void LeaveListed(Person person, Receiver receiver)
    {
        if (receiver.ListedIn is not { } channel)
            return;
        receiver.ListedIn = null;
        if (!person.Receivers.Any(r => r.ListedIn?.Id == channel.Id))
            _occupants.Leave(channel.Id, person.Username);
    }

    private void ForgetIfAway(Person person)
    {
        if (person is { Receivers.Length: 0, Expected: 0 })
            _people.Remove(person.Id);
    }

    private static IEnumerable<NamedChannel> ChannelsOf(FanOut fanOut, Receiver receiver)
    {
        if (receiver.Listening.IsToAll)
            return fanOut.OccupiedChannels.Where(channel => receiver.Sees(channel.Id));
        return receiver.ListedIn is { } channel ? [channel] : [];
    }

    private static bool IsIn(Person person, NamedChannel channel, Receiver? except) =>
        person.Receivers.Any(r => r != except && r.Hears(channel.Id));

    private void Show(Person person)
    {
        var member = person.ToMember();
        if (member == person.Shown || (person.Shown is null && person.Receivers.IsEmpty))
            return;
        person.Shown = member;
        Members.Put(member);
        _presence.Changed(member);
    }
}
