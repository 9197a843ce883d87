using Parley.Protocol.Wire;

namespace Parley.UI.State;

/// <summary>What one window shows of one account, which is nobody else's business: the conversation in view, and the place in each history. Used on the window's own dispatcher alone.</summary>
public sealed class UiState
{
    private const int RecentCount = 20;

    private readonly Dictionary<ChannelId, ReadingPlace> _places = [];
    private readonly List<ChannelId> _recent = [];

    /// <summary>Another conversation came into view.</summary>
    public event Action? Changed;

    /// <summary>The channel or conversation in view.</summary>
    public ChannelId? Selected { get; private set; }

    /// <summary>What was in view, the latest first.</summary>
    public IReadOnlyList<ChannelId> Recent => _recent;

    /// <summary>Brings a channel or conversation into view.</summary>
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

    /// <summary>Where the reader was in a conversation; null at the present.</summary>
    public ReadingPlace? PlaceOf(ChannelId id) => _places.GetValueOrDefault(id);

    /// <summary>Keeps where the reader is.</summary>
    public void KeepPlace(ChannelId id, ReadingPlace? place)
    {
        if (place is null)
            _places.Remove(id);
        else
            _places[id] = place;
    }
}

/// <summary>A reader's place in a history.</summary>
/// <param name="Number">The first message in view.</param>
/// <param name="Offset">Its distance from the upper edge of the list, in CSS pixels.</param>
public sealed record ReadingPlace(long Number, double Offset);
