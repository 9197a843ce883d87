using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client.Features.Channels;
using Parley.Client.State;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;
using Parley.UI.Interop;
using Parley.UI.State;

namespace Parley.UI.Shell;

/// <summary>The three panels: the rooms, the selected one, its members.</summary>
public sealed partial class ChatScreen : IAsyncDisposable
{
    private MessageList? _list;
    private DomModule? _module;
    private DotNetObjectReference<ChatScreen>? _self;
    private ElementReference _screen;
    private ScreenDialog _dialog;

    [CascadingParameter]
    public required UiState Ui { get; set; }

    [Inject]
    public required WindowNavigation Window { get; set; }

    [Inject]
    public required NotificationStore Notifications { get; set; }

    [Inject]
    public required IProfile Profile { get; set; }

    [Inject]
    public required ComposerSession Session { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    private ChannelId? Selected => Ui.Selected;

    // The page id of the room that the composer is to write to; null where there is none.
    private string? ShownRoom =>
        Window.ShownAccount?.Client is { } client && Window.Of(client).Selected is { } id && RoomName.Of(client.Store.State, id) is not null
            ? Session.PageIdOf(client, id)
            : null;

    protected override void OnInitialized() => Ui.Changed += OnUiChanged;

    protected override void OnParametersSet()
    {
        if (Ui.Selected is null && First(Client.Store.State) is { } first)
            Ui.Select(first);
        base.OnParametersSet();
    }

    protected override ScreenSlice Select(ChatState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new ScreenSlice(Ui.Selected is { } id ? RoomName.Of(state, id) : null, state.Channels.Length > 0);
    }

    // The selected room is gone (the server has other data): select #general.
    protected override void OnSliceChanged()
    {
        if (Slice is { Name: null, HasChannels: true } && General(Client.Store.State) is { } general)
            Ui.Select(general);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new DomModule(JS, "./_content/Parley.UI/Shell/ChatScreen.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("attach", _self, _screen);
    }

    /// <summary>Carries out a shortcut, by its name in shortcuts.js.</summary>
    /// <returns>The page id of the room that the composer is to write to; the page may not show it yet.</returns>
    [JSInvokable]
    public async Task<string?> PressAsync(string shortcut)
    {
        switch (shortcut)
        {
            case "QuickSwitcher":
                _dialog = ScreenDialog.QuickSwitcher;
                break;
            case "Keyboard":
                _dialog = ScreenDialog.Keyboard;
                break;
            case "RoomAbove":
                Step(-1, _ => true);
                break;
            case "RoomBelow":
                Step(1, _ => true);
                break;
            case "UnreadRoomAbove":
                Step(-1, IsUnread);
                break;
            case "UnreadRoomBelow":
                Step(1, IsUnread);
                break;
            case "JumpToPresent":
                await ShowPresentAsync();
                break;
            default:
                throw new ArgumentException($"There is no shortcut \"{shortcut}\".", nameof(shortcut));
        }

        StateHasChanged();
        return ShownRoom;
    }

    /// <summary>Waits for the navigation under way, if there is one.</summary>
    /// <returns>The page id of the room that the composer is to write to; the page may not show it yet.</returns>
    [JSInvokable]
    public async Task<string?> NavigationDoneAsync()
    {
        await Window.PendingNavigation;
        return ShownRoom;
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_module is not null)
            await _module.DisposeAsync();
        _self?.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        Ui.Changed -= OnUiChanged;
        base.Dispose(disposing);
    }

    // The room that the address names (a link opened in another window), else the last one selected, else #general.
    private ChannelId? First(ChatState state)
    {
        var path = Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].Split('/');
        if (path is not [_, _])
            path = Profile.RoomOf(Client.Server)?.Split('/') ?? [];
        if (path is ["channels", var channel])
            return state.Channels.FirstOrDefault(known => known.Name == channel)?.Id ?? General(state);
        if (path is ["messages", var person])
            return state.Conversations.FirstOrDefault(known => string.Equals(known.WithUsername, person, StringComparison.OrdinalIgnoreCase))?.Id ?? General(state);
        return General(state);
    }

    private static ChannelId? General(ChatState state) =>
        (state.Channels.FirstOrDefault(channel => channel.Name == ChannelNameRule.General) ?? state.Channels.FirstOrDefault())?.Id;

    private void ShowMembers(bool shows) => Profile.SavePreferences(Profile.Preferences with { ShowsMembers = shows });

    private void CloseDialog() => _dialog = ScreenDialog.None;

    // Goes through the rooms in the order of the side panel, and wraps around.
    private void Step(int by, Func<ChannelId, bool> fits)
    {
        var state = Client.Store.State;
        List<ChannelId> all = [.. state.Rooms.Select(room => room.Id)];
        var at = Selected is { } selected ? all.IndexOf(selected) : -1;
        for (var steps = 1; steps < all.Count; steps++)
        {
            var id = all[(at + (by * steps) + (all.Count * steps)) % all.Count];
            if (!fits(id))
                continue;
            Ui.Select(id);
            return;
        }
    }

    private bool IsUnread(ChannelId id)
    {
        var state = Client.Store.State;
        return UnreadCounts.Of(state.ReadPositionOf(id), state.RoomOf(id) is Channel, Notifications.IsMuted(Client, id)).IsUnread;
    }

    private Task ShowPresentAsync() => _list?.JumpToPresentAsync() ?? Task.CompletedTask;

    private void OnUiChanged() => InvokeAsync(() =>
    {
        if (Selected is { } id && RoomName.Of(Client.Store.State, id) is { } name)
            Profile.SaveRoom(Client.Server, $"{(name.IsChannel ? "channels" : "messages")}/{name.Name}");
        Refresh();
        StateHasChanged();
    }).ReportFault(DispatchExceptionAsync);

    private enum ScreenDialog
    {
        None,
        QuickSwitcher,
        Keyboard,
    }

    /// <summary>What the frame of the screen draws.</summary>
    /// <param name="Name">The selected room; null where there is none.</param>
    /// <param name="HasChannels">Whether there is any channel to select.</param>
    public readonly record struct ScreenSlice(RoomName? Name, bool HasChannels);
}
