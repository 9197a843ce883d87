using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Members;

/// <summary>
/// The members of a server, and who is online. It is kept apart from the state, because it changes all the time and independently of it.
/// Anybody may read <see cref="Now"/> on any thread; only the client changes it.
/// </summary>
public sealed class MemberDirectory
{
    private readonly Subscribers _subscribers = new();
    private readonly Lock _gate = new();
    private volatile KnownMembers _now = KnownMembers.Empty;

    /// <summary>Who is known now.</summary>
    public KnownMembers Now => _now;

    /// <summary>
    /// Calls <paramref name="onChange"/> after each change, or once after several, until the result is disposed; as <see cref="ChatStore.Subscribe"/> does.
    /// </summary>
    public IDisposable Subscribe(Action onChange) => _subscribers.Add(onChange);

    /// <summary>Whether the subscribers have yet to hear of a change.</summary>
    internal bool IsNotifying => _subscribers.IsNotifying;

    /// <summary>Called for each message, on the reading loop.</summary>
    internal void OnMessage(ServerMessage message) => Update(known => known.After(message));

    internal void Update(Func<KnownMembers, KnownMembers> change)
    {
        lock (_gate)
        {
            var next = change(_now);
            if (ReferenceEquals(next, _now))
                return;
            _now = next;
        }

        _subscribers.Notify();
    }
}
