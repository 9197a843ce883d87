using Microsoft.Extensions.DependencyInjection;
using Parley.UI.Features.Members;
using Parley.UI.Features.Messages;
using Parley.UI.Features.Notifications;
using Parley.UI.State;

namespace Parley.UI;

/// <summary>
/// What a host registers for the interface, besides its own <see cref="IProfile"/>, <see cref="INotifier"/>, <see cref="HostCapabilities"/> and client options.
/// </summary>
public static class UiServices
{
    /// <summary>Adds the accounts of the program and the state of each window.</summary>
    public static IServiceCollection AddParleyUI(this IServiceCollection services) =>
        services.AddSingleton<AccountList>().AddSingleton<DraftStore>().AddSingleton<NotificationStore>().AddSingleton<NotificationWatch>().AddSingleton<IdleTracker>().AddScoped<WindowNavigation>().AddScoped<ComposerSession>();
}
