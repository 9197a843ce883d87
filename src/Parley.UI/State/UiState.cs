using Parley.Protocol.Wire;

namespace Parley.UI.State;

/// <summary>What one window shows, which is nobody else's business: the conversation in view, half-typed text, the place in each history. Used on the window's own dispatcher alone.</summary>
public sealed class UiState
{
    private readonly Dictionary<ChannelId, string> _drafts = [];
    private readonly Dictionary<ChannelId, ReadingPlace> _places = [];

    /// <summary>Another conversation came into view, or something on the window changed.</summary>
    public event Action? Changed;

    /// <summary>The channel or conversation in view.</summary>
    public ChannelId? Selected { get; private set; }

    /// <summary>Brings a channel or conversation into view.</summary>
    public void Select(ChannelId id)
    {
        if (Selected == id)
            return;
        Selected = id;
        Changed?.Invoke();
    }

    /// <summary>The half-typed text of a conversation.</summary>
    public string DraftOf(ChannelId id) => _drafts.GetValueOrDefault(id, "");

    /// <summary>Keeps the half-typed text of a conversation.</summary>
    public void KeepDraft(ChannelId id, string text)
    {
        if (text.Length == 0)
            _drafts.Remove(id);
        else
            _drafts[id] = text;
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

    /// <summary>Forgets everything: another account, other ids.</summary>
    public void Clear()
    {
        _drafts.Clear();
        _places.Clear();
        Selected = null;
    }
}

/// <summary>A reader's place in a history.</summary>
/// <param name="Number">The first message in view.</param>
/// <param name="Offset">Its distance from the upper edge of the list, in CSS pixels.</param>
public sealed record ReadingPlace(long Number, double Offset);
