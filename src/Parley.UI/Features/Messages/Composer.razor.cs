using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.UI.Features.Emoji;
using Parley.UI.Features.Messages.Completion;
using Parley.UI.Interop;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>
/// Where one writes: a text box that stays where it is while the rooms change that it writes to. The text itself lives in the page, and what
/// becomes of it is <see cref="Messages.ComposerSession"/>'s to say.
/// </summary>
public sealed partial class Composer : IAsyncDisposable
{
    // From here on the characters that are left are counted down.
    private const int CountFrom = 200;

    private ElementReference _form;
    private ElementReference _box;
    private ElementReference _bar;
    private ElementReference _grow;
    private ElementReference _emojiButton;
    private CompletionList? _completion;
    private DomModule? _module;
    private bool _showsEmoji;
    private int _excess = -ContentRule.MaxLength;
    private string _room = "";
    private string _draft = "";
    private (string Room, string Draft) _first;

    /// <summary>The room.</summary>
    [Parameter, EditorRequired]
    public ChannelId Id { get; set; }

    /// <summary>Its name with its sign.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Something of one's own was said: the list shows the present.</summary>
    [Parameter]
    public EventCallback OnSaid { get; set; }

    [CascadingParameter]
    public required ChatClient Client { get; set; }

    [CascadingParameter]
    public required UiState Ui { get; set; }

    [Inject]
    public required ComposerSession Session { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    private string Label => Phrase.Format(Strings.MessageTo, Name);

    private WritingNotice? Notice => Session.NoticeOf(_room);

    private string? CountInWords => _excess switch
    {
        > 0 => Phrase.Count(Strings.TooLong, _excess),
        > -CountFrom => Phrase.Count(Strings.CharactersLeft, -_excess),
        _ => null,
    };

    protected override void OnInitialized()
    {
        Ui.ComposerAsked += OnAsked;
        Session.Changed += OnChanged;
        Session.Sent += OnOneSent;
    }

    protected override void OnParametersSet()
    {
        var room = Session.NameOf(Client, Id);
        if (room == _room)
            return;
        (_room, _draft) = (room, Session.DraftOf(room));
        if (_first.Room is null)
            _first = (_room, _draft);
        _showsEmoji = false;
        _excess = Excess(_draft);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new DomModule(JS, "./_content/Parley.UI/Features/Messages/Composer.razor.js");
        await _module.InvokeVoidAsync("attach", _form, _bar, _grow, _box, Session.Self, _completion?.Self, _first.Room);
    }

    public async ValueTask DisposeAsync()
    {
        Ui.ComposerAsked -= OnAsked;
        Session.Changed -= OnChanged;
        Session.Sent -= OnOneSent;
        if (_module is not null)
            await _module.DisposeAsync();
    }

    private void OnAsked() => InvokeAsync(FocusAsync).ReportFault(DispatchExceptionAsync);

    private async Task FocusAsync()
    {
        try
        {
            await _box.FocusAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    private void OnChanged(string room)
    {
        if (room != _room)
            return;
        _excess = Excess(Session.DraftOf(room));
        StateHasChanged();
    }

    private void OnOneSent(string room)
    {
        if (room == _room)
            OnSaid.InvokeAsync().ReportFault(DispatchExceptionAsync);
    }

    private static int Excess(string text) => TextLength.CodePoints(text) - ContentRule.MaxLength;

    private async Task InsertAsync(EmojiPicker.Pick pick)
    {
        if (_module is not null)
            await _module.InvokeVoidAsync("insert", _box, pick.Character, pick.IsLast);
    }

    // What is typed next is the message, whether an emoji was picked or not.
    private async Task CloseEmojiAsync()
    {
        _showsEmoji = false;
        if (_module is not null)
            await _module.InvokeVoidAsync("focus", _box, _emojiButton);
    }
}
