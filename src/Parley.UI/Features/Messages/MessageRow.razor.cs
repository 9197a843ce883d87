using Microsoft.AspNetCore.Components;
using Parley.Client.Features.Messages;
using Parley.UI.Primitives;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>One message. It is drawn again only when a parameter or the day has changed.</summary>
public sealed partial class MessageRow
{
    private Drawn? _drawn;
    private bool _isChanged;

    /// <summary>Its number; null while it is on its way.</summary>
    [Parameter]
    public long? Number { get; set; }

    [Parameter, EditorRequired]
    public MessageKind Kind { get; set; }

    [Parameter, EditorRequired]
    public string Author { get; set; } = "";

    [Parameter, EditorRequired]
    public string Content { get; set; } = "";

    [Parameter, EditorRequired]
    public DateTimeOffset Time { get; set; }

    [Parameter, EditorRequired]
    public bool StartsGroup { get; set; }

    /// <summary>Whether it mentions the reader.</summary>
    [Parameter]
    public bool MentionsMe { get; set; }

    /// <summary>Whether the reader wrote it.</summary>
    [Parameter]
    public bool IsOwn { get; set; }

    /// <summary>When it was edited last; null where it never was.</summary>
    [Parameter]
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>The reader's date: the time of a message is told in relation to it.</summary>
    [Parameter, EditorRequired]
    public DateOnly Today { get; set; }

    /// <summary>A CSS class for a pending message's state.</summary>
    [Parameter]
    public string? StateClass { get; set; }

    /// <summary>What stands above the author: what it answers.</summary>
    [Parameter]
    public RenderFragment? Above { get; set; }

    /// <summary>What stands under the text.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    public required Account Account { get; set; }

    [CascadingParameter]
    public required UiState Ui { get; set; }

    private string KindClass => Kind == MessageKind.Action ? "message--action" : "";

    private DateTimeOffset Local => ToLocal(Time);

    private string TimeLabel => StartsGroup && Kind == MessageKind.Message
        ? MessageTime.Short(Local, Today)
        : MessageTime.Hour(Local);

    private DateTimeOffset ToLocal(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Account.Time.LocalTimeZone);

    private void ShowProfile() => Ui.ShowProfile(Author, PopoverSide.Right);

    protected override void OnParametersSet()
    {
        var now = new Drawn(
            Number, Kind, Author, Content, Time, EditedAt, StartsGroup, MentionsMe, IsOwn, StateClass, Today, Above is not null, ChildContent is not null);
        _isChanged = now != _drawn || Above is not null || ChildContent is not null;
        _drawn = now;
    }

    protected override bool ShouldRender() => _isChanged;

    // What is drawn, but for what stands above and under the text.
    private sealed record Drawn(
        long? Number,
        MessageKind Kind,
        string Author,
        string Content,
        DateTimeOffset Time,
        DateTimeOffset? EditedAt,
        bool StartsGroup,
        bool MentionsMe,
        bool IsOwn,
        string? StateClass,
        DateOnly Today,
        bool HasAbove,
        bool HasBelow);
}
