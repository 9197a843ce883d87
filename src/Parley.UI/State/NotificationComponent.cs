using Microsoft.AspNetCore.Components;

namespace Parley.UI.State;

/// <summary>A component that also depends on the rooms' notification settings, and is drawn again when they change.</summary>
public abstract class NotificationComponent<TSlice> : StateComponent<TSlice>
{
    /// <summary>The rooms' notification settings.</summary>
    [Inject]
    public required NotificationStore Notifications { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Notifications.Changed += OnNotificationsChanged;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Notifications.Changed -= OnNotificationsChanged;
        base.Dispose(disposing);
    }

    // Called on any thread.
    private void OnNotificationsChanged() => InvokeAsync(() =>
    {
        Refresh();
        StateHasChanged();
    }).ReportFault(DispatchExceptionAsync);
}
