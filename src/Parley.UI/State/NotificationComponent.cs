using Microsoft.AspNetCore.Components;

namespace Parley.UI.State;

/// <summary>A component that draws what the person wished to be told, too: it is drawn again when that changes.</summary>
public abstract class NotificationComponent<TSlice> : StateComponent<TSlice>
{
    /// <summary>What the person wished.</summary>
    [Inject]
    public required NotificationStore Book { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Book.Changed += OnNotificationsChanged;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Book.Changed -= OnNotificationsChanged;
        base.Dispose(disposing);
    }

    // Called on any thread.
    private void OnNotificationsChanged() => _ = InvokeAsync(() =>
    {
        Refresh();
        StateHasChanged();
    });
}
