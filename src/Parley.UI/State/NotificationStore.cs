using System.Collections.Immutable;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Wire;

namespace Parley.UI.State;

/// <summary>
/// What a person wants to be told of each room, kept over restarts on this device. Every window of the program has the same; who is
/// muted for a time comes back by itself.
/// </summary>
public sealed class NotificationStore : IDisposable
{
    // A timer takes no more than seven weeks, and a clock that is set right ends a mute before its time is over: it looks in between.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly IProfile _profile;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile ImmutableDictionary<string, RoomNotifications> _all;

    /// <summary>The wishes of a profile.</summary>
    public NotificationStore(IProfile profile, ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        _profile = profile;
        _time = options.Time;
        _all = profile.ChannelNotifications.ToImmutableDictionary();
        _timer = _time.CreateTimer(_ => OnDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        WaitForNext();
    }

    /// <summary>Something is muted, or is not any more, or has another level. Called on any thread.</summary>
    public event Action? Changed;

    /// <summary>What is wished for one room; what is muted no more is not muted here.</summary>
    public RoomNotifications Of(ChatClient client, ChannelId id)
    {
        // In most profiles nothing is, and this is asked for every channel at every draw.
        if (_all.IsEmpty)
            return RoomNotifications.Usual;
        var wish = _all.GetValueOrDefault(RoomKey.Of(client, id), RoomNotifications.Usual);
        return wish.MutedUntil is null || wish.IsMutedAt(_time.GetUtcNow()) ? wish : wish with { MutedUntil = null };
    }

    /// <summary>Whether a room is muted now.</summary>
    public bool IsMuted(ChatClient client, ChannelId id) => Of(client, id).MutedUntil is not null;

    /// <summary>Mutes a room for a time; without one until the person turns it back on.</summary>
    public void Mute(ChatClient client, ChannelId id, TimeSpan? time) =>
        Save(client, id, Of(client, id) with { MutedUntil = time is { } some ? _time.GetUtcNow() + some : RoomNotifications.Forever });

    /// <summary>Saves what is wished for a room.</summary>
    public void Save(ChatClient client, ChannelId id, RoomNotifications wish)
    {
        lock (_gate)
        {
            var key = RoomKey.Of(client, id);
            _all = wish == RoomNotifications.Usual ? _all.Remove(key) : _all.SetItem(key, wish);
            _profile.SaveChannelNotifications(_all);
        }

        WaitForNext();
        Changed?.Invoke();
    }

    /// <summary>Forgets what was wished for the channels of a server.</summary>
    public void Forget(ServerAddress server)
    {
        lock (_gate)
        {
            var kept = _all.RemoveRange(_all.Keys.Where(key => RoomKey.IsOn(server, key)));
            if (kept == _all)
                return;
            _all = kept;
            _profile.SaveChannelNotifications(kept);
        }

        WaitForNext();
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    // One timer for the next end of all, and none where nothing ends.
    private void WaitForNext()
    {
        var now = _time.GetUtcNow();
        var next = _all.Values.Select(wish => wish.MutedUntil).Where(until => until > now && until != RoomNotifications.Forever).Min();
        _timer.Change(
            next is { } until ? TimeSpan.FromTicks(Math.Min((until - now).Ticks, LongestWait.Ticks)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void OnDue()
    {
        WaitForNext();
        Changed?.Invoke();
    }
}
