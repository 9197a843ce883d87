using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.UI.Features.Emoji;
using Parley.UI.Features.Messages.Completion;
using Parley.UI.Interop;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>
/// Where one writes: the text box of one conversation, its draft, and the commands that start with a slash. The text itself lives in the page.
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
    private DotNetObjectReference<Composer>? _self;
    private Notice? _notice;
    private bool _showsEmoji;
    private int _excess = -ContentRule.MaxLength;
    private string _draft = "";

    /// <summary>The channel or conversation.</summary>
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
    public required DraftBook Drafts { get; set; }

    [Inject]
    public required HostCapabilities Host { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    private string Label => Words.With(Strings.MessageTo, Name);

    private string? CountInWords => _excess switch
    {
        > 0 => Words.With(Strings.TooLong, _excess),
        > -CountFrom => Words.With(Strings.CharactersLeft, -_excess),
        _ => null,
    };

    protected override void OnInitialized()
    {
        Ui.ComposerAsked += OnAsked;
        _draft = Drafts.Of(Client, Id);
        Measure(_draft);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new DomModule(JS, "./_content/Parley.UI/Features/Messages/Composer.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("attach", _form, _bar, _grow, _box, _self, _completion?.Self);
    }

    /// <summary>The text changed.</summary>
    [JSInvokable]
    public void Change(string text)
    {
        Drafts.Keep(Client, Id, text);
        Measure(text);
    }

    /// <summary>Escape was pressed in the box.</summary>
    [JSInvokable]
    public void Dismiss()
    {
        if (_notice is null)
            return;
        _notice = null;
        StateHasChanged();
    }

    /// <summary>Enter was pressed. The box is empty already, so that what is typed next is never lost.</summary>
    /// <returns>The text that goes back into the box, because nothing was done with it; null where it was.</returns>
    [JSInvokable]
    public async Task<string?> SubmitAsync(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _notice = null;
        Change("");
        try
        {
            _notice = await CarryOutAsync(SlashCommand.Parse(text));
        }
        catch (ConnectionLostException)
        {
            _notice = new Notice.Words(Strings.NoConnection);
        }

        StateHasChanged();
        if (_notice is null or Notice.Commands)
            return null;
        Change(text);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        Ui.ComposerAsked -= OnAsked;
        if (_module is not null)
        {
            await LeaveAsync(_module);
            await _module.DisposeAsync();
        }

        _self?.Dispose();
    }

    // The box stands in the page until the page has drawn that it is gone.
    private async Task LeaveAsync(DomModule module)
    {
        try
        {
            await module.InvokeVoidAsync("leave", _box);
        }
        catch (OperationCanceledException)
        {
            // The page went in the middle of it.
        }
    }

    private void OnAsked() => _ = InvokeAsync(async () => await _box.FocusAsync());

    // What to tell the person; null where all is well.
    private async Task<Notice?> CarryOutAsync(SlashCommand command)
    {
        switch (command)
        {
            case SlashCommand.Say say:
                return await SayAsync(say);
            case SlashCommand.SayPrivately privately:
                return await SayPrivatelyAsync(privately);
            case SlashCommand.Quit when Host.Window is { } window:
                await Client.DisconnectAsync();
                window.Close();
                return null;
            case SlashCommand.Quit:
                return new Notice.Words(Words.With(Strings.UnknownCommand, CommandHelp.QuitName));
            case SlashCommand.Help:
                return new Notice.Commands();
            case SlashCommand.Incomplete incomplete:
                return new Notice.Words(incomplete.Command == IncompleteCommand.Me ? Strings.UsageMe : Strings.UsageMsg);
            case SlashCommand.Unknown unknown:
                return new Notice.Words(Words.With(Strings.UnknownCommand, unknown.Name));
            default:
                throw new InvalidOperationException($"No way to carry out {command}.");
        }
    }

    private async Task<Notice?> SayAsync(SlashCommand.Say say)
    {
        var answer = await Client.SayAsync(Id, say.Kind, say.Content, CancellationToken.None);
        if (answer.Refusal is { } refusal)
            return new Notice.Words(Sentences.Translate(refusal.Message));
        await OnSaid.InvokeAsync();
        return null;
    }

    private async Task<Notice?> SayPrivatelyAsync(SlashCommand.SayPrivately privately)
    {
        var answer = await Client.SayPrivatelyAsync(privately.To, privately.Content, CancellationToken.None);
        if (!answer.TryGet(out var conversation, out var refusal))
            return new Notice.Words(Sentences.Translate(refusal.Message));
        Ui.Select(conversation);
        return null;
    }

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

    private void Measure(string text)
    {
        var before = CountInWords;
        _excess = TextLength.CodePoints(text) - ContentRule.MaxLength;
        if (before != CountInWords)
            StateHasChanged();
    }

    /// <summary>What is said to the person alone, above the box.</summary>
    public abstract record Notice
    {
        private Notice()
        {
        }

        /// <summary>A sentence.</summary>
        public sealed record Words(string Text) : Notice;

        /// <summary>The list of commands.</summary>
        public sealed record Commands : Notice;
    }
}
