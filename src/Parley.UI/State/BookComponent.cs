using Microsoft.AspNetCore.Components;

namespace Parley.UI.State;

/// <summary>A component that draws what the person wished to be told, too: it is drawn again when that changes.</summary>
public abstract class BookComponent<TSlice> : StateComponent<TSlice>
{
    /// <summary>What the person wished.</summary>
    [Inject]
    public required NotificationBook Book { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Book.Changed += OnBookChanged;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Book.Changed -= OnBookChanged;
        base.Dispose(disposing);
    }

    // Called on any thread.
    private void OnBookChanged() => InvokeAsync(() =>
    {
        Refresh();
        StateHasChanged();
    }).ReportFault(DispatchExceptionAsync);
}
