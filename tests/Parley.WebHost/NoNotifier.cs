using Parley.UI.Features.Notifications;

namespace Parley.WebHost;

/// <summary>No notifications.</summary>
internal sealed class NoNotifier : INotifier
{
    public event Action<string>? Activated
    {
        add { }
        remove { }
    }

    public Task<NotifyFailure?> ShowAsync(string key, string title, string text) => Task.FromResult<NotifyFailure?>(new NotifyFailure(NotifyCause.System));

    public Task WithdrawAsync(string key) => Task.CompletedTask;
}
