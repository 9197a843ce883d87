using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;

namespace Parley.UI.Interop;

/// <summary>
/// One collocated ES module, imported when it is first called. A page that is gone (its window closed, its circuit over) is no error: there is nothing
/// left to move or to measure.
/// </summary>
public sealed class DomModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _import;

    /// <summary>Calls an exported function.</summary>
    public async ValueTask InvokeVoidAsync(string function, params object?[] arguments)
    {
        try
        {
            await (await ImportAsync()).InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException)
        {
        }
    }

    /// <summary>Calls an exported function that answers; the default answer where the page is gone.</summary>
    public async ValueTask<T?> InvokeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)] T>(string function, params object?[] arguments)
    {
        try
        {
            return await (await ImportAsync()).InvokeAsync<T>(function, arguments);
        }
        catch (JSDisconnectedException)
        {
            return default;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_import is null)
            return;
        try
        {
            await (await _import).DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
        }
    }

    private Task<IJSObjectReference> ImportAsync() => _import ??= js.InvokeAsync<IJSObjectReference>("import", path).AsTask();
}
