using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Logging;
using Parley.UI.Resources;

namespace Parley.UI.Features.Messages.Text;

/// <summary>An error boundary around each message: one that cannot be drawn is shown as plain text.</summary>
public sealed partial class MessageBoundary(ILogger<MessageBoundary> logger) : ErrorBoundaryBase
{
    private string? _content;

    /// <summary>Who said it.</summary>
    [Parameter, EditorRequired]
    public string Author { get; set; } = "";

    /// <summary>What was said.</summary>
    [Parameter, EditorRequired]
    public string Content { get; set; } = "";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (CurrentException is not null && _content != Content)
            Recover(); // Other words may do.
        _content = Content;
    }

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Exception exception)
    {
        Log.NotDrawn(logger, exception);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenElement(1, "div");
        builder.AddAttribute(2, "class", "message__typed");
        builder.AddAttribute(3, "dir", "auto");
        builder.AddAttribute(4, "title", Strings.MessageNotDrawn);
        builder.OpenElement(5, "bdi");
        builder.AddAttribute(6, "class", "message__typed-author");
        builder.AddContent(7, Author);
        builder.CloseElement();
        builder.AddContent(8, " " + Content);
        builder.CloseElement();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "A message could not be drawn.")]
        internal static partial void NotDrawn(ILogger logger, Exception exception);
    }
}
