using System.Collections.Immutable;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Wire;

namespace Parley.UI.State;

/// <summary>
/// The notification settings of each room, kept over restarts on this device and shared by all windows. A mute with an end is over by itself.
/// </summary>
public sealed class NotificationStore : IDisposable
{
    // A timer takes no more than seven weeks, and the clock can be set meanwhile: so it looks again each hour.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly IProfile _profile;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile ImmutableDictionary<string, RoomNotifications> _all;

    /// <summary>The settings of a profile.</summary>
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

    /// <summary>The settings of a room changed, or a mute is over. Called on any thread.</summary>
    public event Action? Changed;

    /// <summary>The settings of a room; a mute that is over is left out.</summary>
    public RoomNotifications Of(ChatClient client, ChannelId id)
    {
        // Most profiles have none, and this is called for every room at every draw.
        if (_all.IsEmpty)
            return RoomNotifications.Usual;
        var settings = _all.GetValueOrDefault(RoomKey.Of(client, id), RoomNotifications.Usual);
        return settings.MutedUntil is null || settings.IsMutedAt(_time.GetUtcNow()) ? settings : settings with { MutedUntil = null };
    }

    /// <summary>Whether a room is muted now.</summary>
    public bool IsMuted(ChatClient client, ChannelId id) => Of(client, id).MutedUntil is not null;

    /// <summary>Mutes a room for a time; with null until the user turns it back on.</summary>
    public void Mute(ChatClient client, ChannelId id, TimeSpan? time) =>
        Save(client, id, Of(client, id) with { MutedUntil = time is { } some ? _time.GetUtcNow() + some : RoomNotifications.Forever });

    /// <summary>Ends a mute.</summary>
    public void Unmute(ChatClient client, ChannelId id) => Save(client, id, Of(client, id) with { MutedUntil = null });

    /// <summary>Saves the settings of a room.</summary>
    public void Save(ChatClient client, ChannelId id, RoomNotifications settings)
    {
        lock (_gate)
        {
            var key = RoomKey.Of(client, id);
            _all = settings == RoomNotifications.Usual ? _all.Remove(key) : _all.SetItem(key, settings);
            _profile.SaveChannelNotifications(_all);
        }

        WaitForNext();
        Changed?.Invoke();
    }

    /// <summary>Deletes the settings of a server's rooms.</summary>
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

    // One timer, for the mute that ends next.
    private void WaitForNext()
    {
        var now = _time.GetUtcNow();
        var next = _all.Values.Select(settings => settings.MutedUntil).Where(until => until > now && until != RoomNotifications.Forever).Min();
        _timer.Change(
            next is { } until ? TimeSpan.FromTicks(Math.Min((until - now).Ticks, LongestWait.Ticks)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void OnDue()
    {
        WaitForNext();
        Changed?.Invoke();
    }
}
