using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Wire;

namespace Parley.UI.State;

/// <summary>The drafts of all rooms, kept over restarts and shared by all windows.</summary>
public sealed class DraftStore : IDisposable
{
    // Written after a pause in typing, not at each key.
    private static readonly TimeSpan SaveAfter = TimeSpan.FromMilliseconds(400);

    private readonly Lock _gate = new();
    private readonly IProfile _profile;
    private readonly Dictionary<string, string> _drafts;
    private readonly ITimer _timer;
    private bool _isChanged;

    /// <summary>The drafts of a profile.</summary>
    public DraftStore(IProfile profile, ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        _profile = profile;
        _drafts = new Dictionary<string, string>(profile.Drafts);
        _timer = options.Time.CreateTimer(_ => Save(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The draft of a room; empty where there is none.</summary>
    public string Of(ChatClient client, ChannelId id)
    {
        lock (_gate)
            return _drafts.GetValueOrDefault(RoomKey.Of(client, id), "");
    }

    /// <summary>Saves the draft of a room.</summary>
    public void Save(ChatClient client, ChannelId id, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (_gate)
        {
            if (text.Length == 0)
                _drafts.Remove(RoomKey.Of(client, id));
            else
                _drafts[RoomKey.Of(client, id)] = text;
            _isChanged = true;
        }

        _timer.Change(SaveAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Deletes the drafts on a server, also from disk.</summary>
    public void Forget(ServerAddress server)
    {
        lock (_gate)
        {
            foreach (var key in _drafts.Keys.Where(key => RoomKey.IsOn(server, key)).ToList())
                _isChanged |= _drafts.Remove(key);
        }

        Save();
    }

    /// <summary>Writes pending changes.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Save();
    }

    private void Save()
    {
        lock (_gate)
        {
            if (!_isChanged)
                return;
            _isChanged = false;
            _profile.SaveDrafts(new Dictionary<string, string>(_drafts));
        }
    }
}
