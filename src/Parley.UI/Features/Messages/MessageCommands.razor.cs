using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;
using Parley.UI.Features.Emoji;
using Parley.UI.Interop;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>The bar of commands, the menu and the dialogs of one message list.</summary>
public sealed partial class MessageCommands : IAsyncDisposable
{
    // Few enough to be told apart at a glance.
    private const int MostQuick = 3;

    private static readonly string[] FirstQuick = ["👍", "❤️", "😂"];

    private ElementReference _bar;
    private DomModule? _module;
    private DotNetObjectReference<MessageCommands>? _self;
    private Message? _menu;
    private Message? _reacting;
    private Message? _deleting;

    /// <summary>The room.</summary>
    [Parameter, EditorRequired]
    public ChannelId Id { get; set; }

    [CascadingParameter]
    public required ChatClient Client { get; set; }

    [Inject]
    public required ComposerSession Session { get; set; }

    [Inject]
    public required IProfile Profile { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    // The module knows them by these names.
    private enum Command
    {
        React,
        Pick,
        Reply,
        Edit,
        Delete,
        DeleteNow,
        Menu,
    }

    private IEnumerable<string> Quick => Profile.Emoji.Recent.Concat(FirstQuick).Distinct().Take(MostQuick);

    protected override void OnInitialized() => Session.DeletionRequested += OnDeletionRequested;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new DomModule(JS, "./_content/Parley.UI/Features/Messages/MessageCommands.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("attach", _bar, _self);
    }

    /// <summary>A command was given by the bar, a key or a press on a row.</summary>
    /// <param name="number">The message.</param>
    /// <param name="command">Which one.</param>
    /// <param name="emoji">For a reaction: which.</param>
    [JSInvokable]
    public async Task DoAsync(long number, string command, string? emoji)
    {
        if (!Enum.TryParse<Command>(command, ignoreCase: true, out var known) || ShownMessages.Find(Client.Store.State, Id, number) is not { } message)
            return;
        if (known == Command.React && emoji is not null)
            await ReactAsync(message, emoji);
        else
            await CarryOutAsync(known, message);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        Session.DeletionRequested -= OnDeletionRequested;
        if (_module is not null)
            await _module.DisposeAsync();
        _self?.Dispose();
    }

    private async Task CarryOutAsync(Command command, Message message)
    {
        var fromMenu = _menu is not null;
        _menu = command == Command.Menu ? message : null;
        switch (command)
        {
            case Command.Pick:
                if (fromMenu && _module is not null)
                    await _module.InvokeVoidAsync("focusCommand", _bar, "pick"); // The menu's item is gone.
                _reacting = message;
                break;
            case Command.Reply:
                Session.Reply(Client, Id, message);
                break;
            case Command.Edit when IsOwn(message):
                Session.Edit(Client, Id, message);
                break;
            case Command.Delete when IsOwn(message):
                _deleting = message;
                break;
            case Command.DeleteNow when IsOwn(message):
                await DeleteAsync(message);
                break;
        }
    }

    private Task ReactAsync(Message message, string emoji) => ReactionToggle.PressAsync(Client, Id, message, emoji);

    private async Task DeleteAsync(Message message)
    {
        _deleting = null;
        await Client.ChangeAsync(Id, message.Id, ChangeKind.Delete, "", CancellationToken.None);
    }

    private void OnDeletionRequested(ChatClient client, ChannelId id, Message message)
    {
        if (client != Client || id != Id)
            return;
        _deleting = message;
        InvokeAsync(StateHasChanged).ReportFault(DispatchExceptionAsync);
    }

    private bool IsOwn(Message message) => message.AuthorId == Client.Store.State.User?.Id;

    private static string NameOf(string emoji) => EmojiCatalog.Of(Language.Code).LabelOf(emoji);
}
