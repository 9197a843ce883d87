using System.Diagnostics.CodeAnalysis;
using Microsoft.JSInterop;

namespace Parley.UI.Interop;

/// <summary>
/// The ES module of one component, imported at its first call. Calls after the page is gone (its window was closed, its circuit has ended) do nothing.
/// </summary>
public sealed class DomModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _import;
    private bool _isDisposed;

    /// <summary>Calls an exported function.</summary>
    public async ValueTask InvokeVoidAsync(string function, params object?[] arguments)
    {
        try
        {
            await (await ImportAsync()).InvokeVoidAsync(function, arguments);
        }
        catch (Exception gone) when (IsGone(gone))
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
        catch (Exception gone) when (IsGone(gone))
        {
            return default;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (_import is null)
            return;
        try
        {
            await (await _import).DisposeAsync();
        }
        catch (Exception gone) when (IsGone(gone) || gone is OperationCanceledException)
        {
        }
    }

    // An import can fail because the program ends while its page loads, or come when what it was to call is gone; that is no error once the component is
    // disposed.
    private bool IsGone(Exception e) => e is JSDisconnectedException || (_isDisposed && (e is JSException or ObjectDisposedException));

    private Task<IJSObjectReference> ImportAsync() => _import ??= js.InvokeAsync<IJSObjectReference>("import", path).AsTask();
}
