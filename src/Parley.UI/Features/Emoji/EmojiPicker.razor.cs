using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.UI.Interop;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Emoji;

/// <summary>The emoji picker: recent ones, all by groups, search, skin tones. The module handles its keys.</summary>
public sealed partial class EmojiPicker : IAsyncDisposable
{
    private const int MostFound = 90;

    private readonly EmojiCatalog _catalog = EmojiCatalog.Of(Language.Code);
    private IReadOnlyList<Section> _all = [];
    private IReadOnlyList<Section> _shown = [];
    private string _typed = "";
    private ElementReference _root;
    private DomModule? _module;
    private DotNetObjectReference<EmojiPicker>? _self;

    /// <summary>One was picked.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Pick> OnPick { get; set; }

    /// <summary>It was closed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnClose { get; set; }

    [Inject]
    public required IProfile Profile { get; set; }

    [Inject]
    public required IJSRuntime JS { get; set; }

    private static IEnumerable<(SkinTone Tone, string Name)> Tones =>
    [
        (SkinTone.None, Strings.SkinToneNone),
        (SkinTone.Light, Strings.SkinToneLight),
        (SkinTone.MediumLight, Strings.SkinToneMediumLight),
        (SkinTone.Medium, Strings.SkinToneMedium),
        (SkinTone.MediumDark, Strings.SkinToneMediumDark),
        (SkinTone.Dark, Strings.SkinToneDark),
    ];

    private EmojiEntry Hand => _catalog.ByName("wave") ?? throw new InvalidOperationException("The list of emoji lacks a hand.");

    // The recent ones do not change while the picker is open, so that nothing moves under the pointer.
    protected override void OnInitialized()
    {
        EmojiEntry[] recent = [.. Profile.Emoji.Recent.Select(_catalog.ByCharacter).OfType<EmojiEntry>()];
        var groups = _catalog.Groups.Select(group => new Section(group.Key, TitleOf(group.Key), SignOf(group.Key), group.Entries));
        _all = recent.Length == 0 ? [.. groups] : [new Section("recent", Strings.EmojiRecent, "🕘", recent), .. groups];
        _shown = _all;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new DomModule(JS, "./_content/Parley.UI/Features/Emoji/EmojiPicker.razor.js");
        _self = DotNetObjectReference.Create(this);
        await _module.InvokeVoidAsync("attach", _root, _self);
    }

    /// <summary>An emoji was picked.</summary>
    /// <param name="name">The first of its names.</param>
    /// <param name="isLast">Whether the picker closes.</param>
    [JSInvokable]
    public async Task PickAsync(string name, bool isLast)
    {
        if (_catalog.ByName(name) is not { } emoji)
            return;
        Profile.SaveEmoji(Profile.Emoji.After(emoji.Character));
        await OnPick.InvokeAsync(new Pick(emoji.In(Profile.Emoji.Tone), isLast));
        if (isLast)
            await OnClose.InvokeAsync();
    }

    /// <summary>
    /// Enter was pressed in the search. It picks the first match of the text as it is now; the list may still show the matches of an earlier text.
    /// </summary>
    [JSInvokable]
    public Task PickFoundAsync(string typed, bool isLast) =>
        Find(typed) is [var first, ..] ? PickAsync(first.Name, isLast) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
            await _module.DisposeAsync();
        _self?.Dispose();
    }

    private void Type(ChangeEventArgs change)
    {
        _typed = (change.Value as string ?? "").Trim();
        var found = Find(_typed);
        _shown = _typed.Length == 0 ? _all : found.Length == 0 ? [] : [new Section("found", Strings.EmojiFound, "", found)];
    }

    private EmojiEntry[] Find(string typed) => string.IsNullOrWhiteSpace(typed) ? [] : [.. _catalog.Find(typed, Profile.Emoji).Take(MostFound)];

    private void Choose(SkinTone tone) => Profile.SaveEmoji(Profile.Emoji with { Tone = tone });

    private static string TitleOf(string group) => group switch
    {
        "smileys-emotion" => Strings.EmojiSmileys,
        "people-body" => Strings.EmojiPeople,
        "animals-nature" => Strings.EmojiAnimals,
        "food-drink" => Strings.EmojiFood,
        "travel-places" => Strings.EmojiTravel,
        "activities" => Strings.EmojiActivities,
        "objects" => Strings.EmojiObjects,
        "symbols" => Strings.EmojiSymbols,
        _ => Strings.EmojiFlags,
    };

    private static string SignOf(string group) => group switch
    {
        "smileys-emotion" => "😀",
        "people-body" => "👋",
        "animals-nature" => "🐻",
        "food-drink" => "🍔",
        "travel-places" => "🚲",
        "activities" => "⚽",
        "objects" => "💡",
        "symbols" => "💜",
        _ => "🏁",
    };

    /// <summary>What was picked.</summary>
    /// <param name="Character">In the person's skin tone.</param>
    /// <param name="IsLast">Whether the picker closes.</param>
    public sealed record Pick(string Character, bool IsLast);

    private sealed record Section(string Key, string Title, string Sign, IReadOnlyList<EmojiEntry> Entries);
}
