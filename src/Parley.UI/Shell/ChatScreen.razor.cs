using System.Globalization;
using Microsoft.AspNetCore.Components;
using Parley.Client.State;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;
using Parley.UI.State;

namespace Parley.UI.Shell;

/// <summary>The three panels: conversations, the one in view, people.</summary>
public sealed partial class ChatScreen
{
    private MessageList? _list;

    [Inject]
    public required UiState Ui { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    private ChannelId? Selected => Ui.Selected;

    // "(3) #general, Parley": the count first, where a task bar cuts the rest.
    private string Title
    {
        get
        {
            var unread = Slice.Unread > 0 ? string.Create(CultureInfo.CurrentCulture, $"({Slice.Unread}) ") : "";
            return Slice.Name is { } name ? $"{unread}{name.WithSign} · Parley" : $"{unread}Parley";
        }
    }

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
        var unread = 0;
        foreach (var position in state.ReadPositions.Values)
            unread += position.Unread;
        return new ScreenSlice(Ui.Selected is { } id ? ConversationName.Of(state, id) : null, unread);
    }

    protected override void Dispose(bool disposing)
    {
        Ui.Changed -= OnUiChanged;
        base.Dispose(disposing);
    }

    // What the address names (a link that was opened in another window), else the channel that always is.
    private ChannelId? First(ChatState state)
    {
        var path = Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].Split('/');
        if (path is ["channels", var channel])
            return state.Channels.FirstOrDefault(known => known.Name == channel)?.Id ?? General(state);
        if (path is ["messages", var person])
            return state.Conversations.FirstOrDefault(known => string.Equals(known.WithUsername, person, StringComparison.OrdinalIgnoreCase))?.Id ?? General(state);
        return General(state);
    }

    private static ChannelId? General(ChatState state) =>
        (state.Channels.FirstOrDefault(channel => channel.Name == ChannelNameRule.General) ?? state.Channels.FirstOrDefault())?.Id;

    private Task ShowPresentAsync() => _list?.JumpToPresentAsync() ?? Task.CompletedTask;

    private void OnUiChanged() => _ = InvokeAsync(() =>
    {
        Refresh();
        StateHasChanged();
    });

    /// <summary>What the frame of the screen draws.</summary>
    public readonly record struct ScreenSlice(ConversationName? Name, int Unread);
}
