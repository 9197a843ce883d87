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
/// The text box for messages. The same element serves one room after another. Its text lives in the page; <see cref="ComposerSession"/> receives drafts
/// and messages.
/// </summary>
public sealed partial class Composer : IAsyncDisposable
{
    // The counter shows once so few characters are left.
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

    /// <summary>Its name with its prefix: <c>#general</c>, <c>@bob</c>.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The user sent a message in this room.</summary>
    [Parameter]
    public EventCallback OnSent { get; set; }

    [CascadingParameter]
    public required ChatClient Client { get; set; }

    [CascadingParameter]
    public required UiState Ui { get; set; }

    [Inject]
    public required ComposerSession Session { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    private string Label => Phrase.Format(Strings.MessageTo, Name);

    private NoticeContent? Notice => Session.NoticeOf(_room);

    private ComposerTarget? Target => Session.TargetOf(_room);

    private string? CountInWords => _excess switch
    {
        > 0 => Phrase.Count(Strings.TooLong, _excess),
        > -CountFrom => Phrase.Count(Strings.CharactersLeft, -_excess),
        _ => null,
    };

    protected override void OnInitialized()
    {
        Ui.ComposerFocusRequested += OnFocusRequested;
        Session.Changed += OnChanged;
        Session.Sent += OnMessageSent;
        Session.TextReplaced += OnTextReplaced;
    }

    protected override void OnParametersSet()
    {
        var room = Session.PageIdOf(Client, Id);
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
        Ui.ComposerFocusRequested -= OnFocusRequested;
        Session.Changed -= OnChanged;
        Session.Sent -= OnMessageSent;
        Session.TextReplaced -= OnTextReplaced;
        if (_module is not null)
            await _module.DisposeAsync();
    }

    private void OnFocusRequested() => InvokeAsync(FocusAsync).ReportFault(DispatchExceptionAsync);

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

    private void OnMessageSent(string room)
    {
        if (room == _room)
            OnSent.InvokeAsync().ReportFault(DispatchExceptionAsync);
    }

    private void OnTextReplaced(string room, string? text)
    {
        if (room == _room && _module is not null)
            _module.InvokeVoidAsync("replaceText", _box, text).AsTask().ReportFault(DispatchExceptionAsync);
    }

    private static int Excess(string text) => TextLength.CodePoints(text) - ContentRule.MaxLength;

    private async Task InsertAsync(EmojiPicker.Pick pick)
    {
        if (_module is not null)
            await _module.InvokeVoidAsync("insert", _box, pick.Character, pick.IsLast);
    }

    // The next key belongs to the message, whether an emoji was picked or not.
    private async Task CloseEmojiAsync()
    {
        _showsEmoji = false;
        if (_module is not null)
            await _module.InvokeVoidAsync("focus", _box, _emojiButton);
    }
}
