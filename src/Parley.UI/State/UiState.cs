using Parley.Client;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;
using Parley.UI.Primitives;

namespace Parley.UI.State;

/// <summary>
/// What one window shows of one account: the selected room, the open profile, and the scroll position in each room. Used on the window's own dispatcher
/// alone.
/// </summary>
public sealed class UiState(ChatClient client) : IDisposable
{
    private const int RecentCount = 20;

    private readonly Dictionary<ChannelId, (ScrollPosition Position, LogHold Hold)> _positions = [];
    private readonly List<ChannelId> _recent = [];

    /// <summary>Another room was selected.</summary>
    public event Action? Changed;

    /// <summary>The selected room.</summary>
    public ChannelId? Selected { get; private set; }

    /// <summary>The rooms that were selected, the latest first.</summary>
    public IReadOnlyList<ChannelId> Recent => _recent;

    /// <summary>Selects a room.</summary>
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

    /// <summary>Another profile is open, or none.</summary>
    public event Action? ProfileChanged;

    /// <summary>The status editor is to be opened.</summary>
    public event Action? StatusEditorRequested;

    /// <summary>The composer is to have the focus.</summary>
    public event Action? ComposerFocusRequested;

    /// <summary>The open profile; null where none is.</summary>
    public ProfileRequest? Profile { get; private set; }

    /// <summary>Opens a member's profile beside the element that has the focus.</summary>
    public void ShowProfile(string username, PopoverSide side)
    {
        Profile = new ProfileRequest(username, side);
        ProfileChanged?.Invoke();
    }

    /// <summary>Closes a profile, unless another one was opened meanwhile.</summary>
    public void CloseProfile(ProfileRequest profile)
    {
        if (Profile != profile)
            return;
        Profile = null;
        ProfileChanged?.Invoke();
    }

    /// <summary>Opens the status editor.</summary>
    public void OpenStatusEditor() => StatusEditorRequested?.Invoke();

    /// <summary>Gives the focus to the composer, for a control that goes away after it was used.</summary>
    public void FocusComposer() => ComposerFocusRequested?.Invoke();

    /// <summary>The scroll position in a room; null at the present.</summary>
    public ScrollPosition? ScrollPositionOf(ChannelId id) => _positions.GetValueOrDefault(id).Position;

    /// <summary>Saves the scroll position in a room, and holds its messages in memory, so that coming back needs no server.</summary>
    public void SaveScrollPosition(ChannelId id, ScrollPosition? position)
    {
        var hold = _positions.GetValueOrDefault(id).Hold;
        if (position is null)
        {
            hold?.Dispose();
            _positions.Remove(id);
            return;
        }

        hold ??= client.Hold(id);
        hold.Show(position.Number, position.Number);
        _positions[id] = (position, hold);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, hold) in _positions.Values)
            hold.Dispose();
    }
}

/// <summary>Where the reader is in a message list.</summary>
/// <param name="Number">The number of the first message in the viewport.</param>
/// <param name="Offset">Its distance from the upper edge of the list, in CSS pixels.</param>
public sealed record ScrollPosition(long Number, double Offset);

/// <summary>One opening of a profile: the same profile opened twice gives two.</summary>
/// <param name="username">The member's name.</param>
/// <param name="side">Where it stands beside what opened it.</param>
public sealed class ProfileRequest(string username, PopoverSide side)
{
    /// <summary>The member's name.</summary>
    public string Username => username;

    /// <summary>Where it stands beside what opened it.</summary>
    public PopoverSide Side => side;
}
