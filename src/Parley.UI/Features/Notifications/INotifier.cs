namespace Parley.UI.Features.Notifications;

/// <summary>The desktop's own notifications, as far as the host has any.</summary>
public interface INotifier
{
    /// <summary>The person clicked a notification; its key. Called on any thread.</summary>
    event Action<string>? Activated;

    /// <summary>Shows a notification in the place of the one with the same key.</summary>
    /// <returns>Why it could not be shown; null where it was.</returns>
    Task<NotifyFailure?> ShowAsync(string key, string title, string text);

    /// <summary>Takes the notification with this key away.</summary>
    Task WithdrawAsync(string key);
}
