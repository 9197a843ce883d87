using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Parley.UI.Interop;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>Calls MessageList.razor.js, which keeps the scroll position of one message list.</summary>
internal sealed class MessageListModule(IJSRuntime js, MessageList list, ElementReference viewport) : IAsyncDisposable
{
    private readonly DomModule _module = new(js, "./_content/Parley.UI/Features/Messages/MessageList.razor.js");
    private readonly DotNetObjectReference<MessageList> _list = DotNetObjectReference.Create(list);

    /// <summary>Starts to keep the position.</summary>
    /// <param name="content">The element with the rows, inside of the viewport.</param>
    /// <param name="spacer">The empty element above the rows.</param>
    /// <param name="position">Where to start; null at the present.</param>
    internal ValueTask AttachAsync(ElementReference content, ElementReference spacer, ScrollPosition? position) =>
        _module.InvokeVoidAsync("attach", viewport, content, spacer, _list, position?.Number, position?.Offset);

    /// <summary>Scrolls to the lower end.</summary>
    internal ValueTask ScrollToPresentAsync() => _module.InvokeVoidAsync("toPresent", viewport);

    /// <summary>Scrolls to a message that is in the page.</summary>
    internal ValueTask ScrollToAsync(long number) => _module.InvokeVoidAsync("toNumber", viewport, number);

    /// <summary>Ends what the module observes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _module.InvokeVoidAsync("sweep");
        await _module.DisposeAsync();
        _list.Dispose();
    }
}
