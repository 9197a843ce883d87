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

    public Task<string?> ShowAsync(string key, string title, string text) => Task.FromResult<string?>("Parley has no notifications on this system yet.");

    public Task WithdrawAsync(string key) => Task.CompletedTask;
}
