using Parley.UI.Features.Notifications;

namespace Parley.Desktop.Notifications;

/// <summary>Where there is no way to the desktop's notifications yet (Windows and macOS).</summary>
internal sealed class NoNotifier : INotifier
{
    public event Action<string>? Activated
    {
        add { }
        remove { }
    }

    public Task<NotifyFailure?> ShowAsync(string key, string title, string text) =>
        Task.FromResult<NotifyFailure?>(new NotifyFailure(NotifyCause.System));

    public Task WithdrawAsync(string key) => Task.CompletedTask;
}
