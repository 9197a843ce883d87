using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Wire;
using Parley.UI.Features.Emoji;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages.Completion;

/// <summary>Finds and shows the options for the word that is being typed. The module finds the word and handles the keys.</summary>
public sealed partial class CompletionList : IDisposable
{
    private static readonly TimeSpan SearchDeadline = TimeSpan.FromSeconds(1);

    private readonly string _id = $"completion-{Guid.NewGuid():N}"; // There may be several lists in a page.
    private IReadOnlyList<CompletionOption> _options = [];
    private string _word = "";

    /// <summary>The room that it is typed in.</summary>
    [Parameter, EditorRequired]
    public ChannelId Id { get; set; }

    [CascadingParameter]
    public required ChatClient Client { get; set; }

    [Inject]
    public required IProfile Profile { get; set; }

    [Inject]
    public required HostCapabilities Host { get; set; }

    /// <summary>For the module of the box.</summary>
    internal DotNetObjectReference<CompletionList> Self => field ??= DotNetObjectReference.Create(this);

    private string Title => _options[0] switch
    {
        CompletionOption.Person => Strings.Members,
        CompletionOption.Channel => Strings.Channels,
        CompletionOption.Picture => Strings.Emoji,
        _ => Strings.HelpTitle,
    };

    /// <summary>A word is being typed.</summary>
    [JSInvokable]
    public async Task<IReadOnlyList<Offer>> CompleteAsync(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        _word = word;
        var options = Find(word);
        if (word is ['@', _, ..] && options.Count < CompletionSearch.MaxOptions && Client.Members.Now.More is not null)
        {
            await SearchServerAsync(word[1..]);
            options = Find(word);
        }

        if (_word != word)
            return []; // Another word was typed meanwhile.
        _options = options;
        StateHasChanged();
        return [.. _options.Select(option => new Offer(option.Word, option.EndsWord ? option.Text + " " : option.Text))];
    }

    private IReadOnlyList<CompletionOption> Find(string word) =>
        CompletionSearch.Find(word, Client.Store.State, Client.Members.Now, Id, Profile.Emoji, CommandHelp.Of(Host));

    // On a large server not all members are known.
    private async Task SearchServerAsync(string beginning)
    {
        using var enough = new CancellationTokenSource(SearchDeadline);
        try
        {
            await Client.FindMembersAsync(beginning, enough.Token);
        }
        catch (Exception e) when (e is ConnectionLostException or OperationCanceledException)
        {
            // Offer the members that are known.
        }
    }

    /// <summary>The list is over.</summary>
    /// <param name="taken">The word that was taken; null where none was.</param>
    [JSInvokable]
    public void Close(string? taken)
    {
        if (taken is not null)
            TakeEmoji(taken);
        _options = [];
        StateHasChanged();
    }

    /// <summary>The name of an emoji was typed or chosen: it counts as used from now on.</summary>
    /// <param name="name">With its colons.</param>
    /// <returns>The emoji; null where there is none of that name.</returns>
    [JSInvokable]
    public string? TakeEmoji(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name is not [':', ..] || EmojiCatalog.Of(Language.Code).ByName(name.Trim(':')) is not { } emoji)
            return null;
        Profile.SaveEmoji(Profile.Emoji.After(emoji.Character));
        return emoji.In(Profile.Emoji.Tone);
    }

    public void Dispose() => Self.Dispose();

    /// <summary>An option, as the module needs it.</summary>
    /// <param name="Word">The whole word as one would type it by hand.</param>
    /// <param name="Text">What takes the word's place.</param>
    public sealed record Offer(string Word, string Text);
}
