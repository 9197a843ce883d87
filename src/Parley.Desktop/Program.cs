using Parley.Client;
using Parley.Client.Connection;
using Parley.Desktop.CommandLine;
using Parley.Desktop.Hosting;
using Parley.Desktop.Notifications;
using Parley.Desktop.OwnServer;
using Parley.Desktop.Profiles;
using Parley.Desktop.Windows;
using Parley.UI;
using Parley.UI.Features.Notifications;
using Parley.UI.Features.OwnServer;
using Parley.UI.Resources;
using Parley.UI.State;

return await DesktopCommand.InvokeAsync(args, RunAsync);

// Opens the profile, starts the interface behind its loopback door, shows it in a window, and ends when the window or the process does.
static async Task<int> RunAsync(DesktopOptions options)
{
    if (OpenProfile(options) is not { } opened)
        return 1;
    var (folder, profile) = opened;
    Language.Choose(profile.Preferences.Language);
    var window = new AppWindow();
    await using var ownServer = new ChildServer(profile, folder); // It goes after its own person's client.
    await using var host = await LoopbackHost.StartAsync(services => services
        .AddSingleton<IProfile>(profile)
        .AddSingleton<IHostWindow>(window)
        .AddSingleton<IOwnServer>(ownServer)
        .AddSingleton<INotifier>(_ => OperatingSystem.IsLinux() ? new DBusNotifier() : new NoNotifier())
        .AddSingleton(provider => new ChatClientOptions
        {
            Program = $"parley 0.1.0 ({(OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux")})",
            MirrorFolder = folder.File("mirror"),
            Logger = provider.GetRequiredService<ILogger<ChatClient>>(),
        })
        .AddParleyUI());

    var accounts = host.Services.GetRequiredService<AccountList>();
    _ = host.Services.GetRequiredService<NotificationWatch>();
    var own = StartOwnServerAsync(ownServer, accounts, host.Stopping);
    var resume = accounts.ResumeAsync(host.Stopping);
    var shown = await window.OpenAsync(options.Window, host.NewAddress, profile.Window, profile.KeepWindow, folder.File("browser"));
    if (shown is null)
    {
        await Console.Error.WriteLineAsync($"parley: A {options.Window} window cannot be opened here. --no-window prints an address for a browser instead.");
        return 1;
    }

    await using (host.Stopping.Register(shown.Close))
        await shown.Closed;
    await host.StopAsync();
    return 0;
}

// It ran when the program ended, and the person did not leave it.
static async Task StartOwnServerAsync(ChildServer ownServer, AccountList accounts, CancellationToken stopping)
{
    if (!ownServer.IsWanted || accounts.Find(ownServer.Address) is not { } account)
        return;
    await ownServer.StartAsync(stopping);
    account.Client?.RetryNow();
}

static (ProfileFolder Folder, FileProfile Profile)? OpenProfile(DesktopOptions options)
{
    try
    {
        var folder = ProfileFolder.Open(options.Profile);
        var profile = new FileProfile(folder);
        if (options.Server is { } server)
            profile.StartWith(server);
        if (options.Trust is { } pin)
            profile.KeepPin(profile.LastServer ?? new ServerAddress("127.0.0.1", ServerAddress.DefaultPort), pin);
        return (folder, profile);
    }
    catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"parley: The folder of profile '{options.Profile}' cannot be used: {refused.Message}");
        return null;
    }
}
