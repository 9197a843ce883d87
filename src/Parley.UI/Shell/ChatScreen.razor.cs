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

/// <summary>The three panels: rooms, the one in view, people.</summary>
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
    public required WindowView View { get; set; }

    [Inject]
    public required NotificationBook Book { get; set; }

    [Inject]
    public required IProfile Profile { get; set; }

    [Inject]
    public required ComposerSession Session { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    private ChannelId? Selected => Ui.Selected;

    // What the page calls the room that its text box is to write to; null where it has none.
    private string? RoomInView =>
        View.AccountInView?.Client is { } client && View.Of(client).Selected is { } id && RoomName.Of(client.Store.State, id) is not null
            ? Session.NameOf(client, id)
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

    // What was in view is gone (the server has other data): the channel that always is comes in its place.
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

    /// <summary>A shortcut was pressed; the names are the module's.</summary>
    /// <returns>The room that the page's text box is to write to; it may not be drawn yet.</returns>
    [JSInvokable]
    public async Task<string?> PressAsync(string shortcut)
    {
        switch (shortcut)
        {
            case "Go":
                _dialog = ScreenDialog.Go;
                break;
            case "Keyboard":
                _dialog = ScreenDialog.Keyboard;
                break;
            case "Above":
                Step(-1, _ => true);
                break;
            case "Below":
                Step(1, _ => true);
                break;
            case "UnreadAbove":
                Step(-1, IsUnread);
                break;
            case "UnreadBelow":
                Step(1, IsUnread);
                break;
            case "Read":
                await ShowPresentAsync();
                break;
        }

        StateHasChanged();
        return RoomInView;
    }

    /// <summary>Answers when the way to another room, if there is one, has come to its end.</summary>
    /// <returns>The room that the page's text box is to write to; it may not be drawn yet.</returns>
    [JSInvokable]
    public async Task<string?> NavigationDoneAsync()
    {
        await View.PendingNavigation;
        return RoomInView;
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

    // What the address names (a link that was opened in another window), else what was last in view, else the channel that always is.
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

    private void ShowMembers(bool shows) => Profile.KeepPreferences(Profile.Preferences with { ShowsMembers = shows });

    private void CloseDialog() => _dialog = ScreenDialog.None;

    // Round and round over the channels and the conversations, as they stand in the panel.
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
        return UnreadSigns.Of(state.ReadPositionOf(id), state.RoomOf(id) is Channel, Book.IsMuted(Client, id)).IsUnread;
    }

    private Task ShowPresentAsync() => _list?.JumpToPresentAsync() ?? Task.CompletedTask;

    private void OnUiChanged() => InvokeAsync(() =>
    {
        if (Selected is { } id && RoomName.Of(Client.Store.State, id) is { } name)
            Profile.KeepRoom(Client.Server, $"{(name.IsChannel ? "channels" : "messages")}/{name.Name}");
        Refresh();
        StateHasChanged();
    }).ReportFault(DispatchExceptionAsync);

    private enum ScreenDialog
    {
        None,
        Go,
        Keyboard,
    }

    /// <summary>What the frame of the screen draws.</summary>
    /// <param name="Name">Of what is in view; null where that is not, or not any more.</param>
    /// <param name="HasChannels">Whether there is anything to bring into view.</param>
    public readonly record struct ScreenSlice(RoomName? Name, bool HasChannels);
}
