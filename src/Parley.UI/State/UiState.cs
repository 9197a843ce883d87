using Parley.Client;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;
using Parley.UI.Primitives;

namespace Parley.UI.State;

/// <summary>
/// What one window shows of one account, which is nobody else's business: the room in view, and the place in each history. Used on the window's own
/// dispatcher alone.
/// </summary>
public sealed class UiState(ChatClient client) : IDisposable
{
    private const int RecentCount = 20;

    private readonly Dictionary<ChannelId, (ReadingPlace Place, LogHold Hold)> _places = [];
    private readonly List<ChannelId> _recent = [];

    /// <summary>Another room came into view.</summary>
    public event Action? Changed;

    /// <summary>The room in view.</summary>
    public ChannelId? Selected { get; private set; }

    /// <summary>What was in view, the latest first.</summary>
    public IReadOnlyList<ChannelId> Recent => _recent;

    /// <summary>Brings a room into view.</summary>
    public void Select(ChannelId id)
    {
        if (Selected == id)
            return;
        Selected = id;
        _recent.Remove(id);
        _recent.Insert(0, id);
        if (_recent.Count > RecentCount)
            _recent.RemoveAt(RecentCount);
        Changed?.Invoke();
    }

    /// <summary>Another profile came into view, or none.</summary>
    public event Action? ProfileChanged;

    /// <summary>The person wants to say what they are shown as.</summary>
    public event Action? StatusAsked;

    /// <summary>The person goes on writing.</summary>
    public event Action? ComposerAsked;

    /// <summary>Whose profile is in view.</summary>
    public ProfileRequest? Profile { get; private set; }

    /// <summary>Brings somebody's profile into view, beside what has the focus.</summary>
    public void ShowProfile(string username, PopoverSide side)
    {
        Profile = new ProfileRequest(username, side);
        ProfileChanged?.Invoke();
    }

    /// <summary>This profile goes out of view; what another one does is its own affair.</summary>
    public void CloseProfile(ProfileRequest profile)
    {
        if (Profile != profile)
            return;
        Profile = null;
        ProfileChanged?.Invoke();
    }

    /// <summary>Asks the person what they want to be shown as.</summary>
    public void AskStatus() => StatusAsked?.Invoke();

    /// <summary>Gives the focus to the composer: what had it is done, and gone.</summary>
    public void AskComposer() => ComposerAsked?.Invoke();

    /// <summary>Where the reader was in a room; null at the present.</summary>
    public ReadingPlace? PlaceOf(ChannelId id) => _places.GetValueOrDefault(id).Place;

    /// <summary>Keeps where the reader is, and in memory what is there, so that they come back to it in a moment, server or not.</summary>
    public void SavePlace(ChannelId id, ReadingPlace? place)
    {
        var hold = _places.GetValueOrDefault(id).Hold;
        if (place is null)
        {
            hold?.Dispose();
            _places.Remove(id);
            return;
        }

        hold ??= client.Hold(id);
        hold.Show(place.Number, place.Number);
        _places[id] = (place, hold);
    }

    /// <summary>The window closes.</summary>
    public void Dispose()
    {
        foreach (var (_, hold) in _places.Values)
            hold.Dispose();
    }
}

/// <summary>A reader's place in a history.</summary>
/// <param name="Number">The first message in view.</param>
/// <param name="Offset">Its distance from the upper edge of the list, in CSS pixels.</param>
public sealed record ReadingPlace(long Number, double Offset);

/// <summary>One opening of a profile: opened twice it is another one.</summary>
/// <param name="username">Whose.</param>
/// <param name="side">Where it stands beside what opened it.</param>
public sealed class ProfileRequest(string username, PopoverSide side)
{
    /// <summary>Whose.</summary>
    public string Username => username;

    /// <summary>Where it stands beside what opened it.</summary>
    public PopoverSide Side => side;
}
