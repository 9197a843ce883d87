using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Events.People;

namespace Parley.Server.Commands;

/// <summary>What a handler answers with: data, no deed. A refusal, or a reply and the events that the fan-out delivers after the commit.</summary>
internal sealed class Outcome
{
    private Outcome(Refusal? refusal, ServerMessage? reply, IReadOnlyList<ServerEvent> events)
    {
        Refusal = refusal;
        Reply = reply;
        Events = events;
    }

    /// <summary>No reply and no events.</summary>
    public static Outcome Silent { get; } = new(null, null, []);

    public Refusal? Refusal { get; }

    /// <summary>The protocol's record of the answer; a dialect says it in its own words. The request id is the door's to add.</summary>
    public ServerMessage? Reply { get; }

    /// <summary>Members of the reply, for its last property, an array that is empty there: each is written once for many replies.</summary>
    public IReadOnlyList<ListedMember>? Members { get; private init; }

    /// <summary>
    /// The channel whose content the reply holds; null for other replies. It is checked again when the reply leaves: if the asker does not see the channel any
    /// more, they get "not found", since nothing of a channel may follow its disappearance.
    /// </summary>
    public ChannelId? Of { get; private init; }

    public IReadOnlyList<ServerEvent> Events { get; }

    /// <summary>How many of the events are told before the reply.</summary>
    public int TellsFirst { get; private init; }

    public static Outcome Refuse(Refusal refusal) => new(refusal, null, []);

    public static Outcome Answer(ServerMessage reply) => new(null, reply, []);

    /// <summary>A reply with content of a channel (<see cref="Of"/>).</summary>
    public static Outcome Content(ChannelId of, ServerMessage reply) => new(null, reply, []) { Of = of };

    public static Outcome Answer(MemberPage page, IReadOnlyList<ListedMember> members) => new(null, page, []) { Members = members };

    /// <summary>It is done, and there is no more to say of it.</summary>
    /// <param name="channel">The channel or conversation that was made or found, where one was.</param>
    public static Outcome Done(ChannelId? channel = null) => Answer(new Done(channel));

    /// <summary>The same outcome with events before its own, and before its reply.</summary>
    public Outcome EmitFirst(IReadOnlyList<ServerEvent> events) =>
        events.Count == 0 ? this : new Outcome(Refusal, Reply, [.. events, .. Events]) { TellsFirst = events.Count };

    /// <summary>The same outcome with one event more.</summary>
    public Outcome Emit(ServerEvent happened) => new(Refusal, Reply, [.. Events, happened]);
}
