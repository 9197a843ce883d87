using Microsoft.AspNetCore.Components.Server.Circuits;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Native;
using Parley.Desktop.CodeColours;
using Parley.Desktop.CommandLine;
using Parley.Desktop.Hosting;
using Parley.Desktop.Instances;
using Parley.Desktop.Notifications;
using Parley.Desktop.OwnServer;
using Parley.Desktop.Profiles;
using Parley.Desktop.LoginSession;
using Parley.Desktop.Windows;
using Parley.UI;
using Parley.UI.Features.Members;
using Parley.UI.Features.Notifications;
using Parley.UI.Resources;
using Parley.UI.State;

NativeHeap.ShareOne();
return await DesktopCommand.InvokeAsync(args, RunAsync);

// Becomes the program of the profile, or hands over to the one that is.
static async Task<int> RunAsync(DesktopOptions options)
{
    ProfileFolder folder;
    FileProfile profile;
    Instance? first;
    AppWindow window;
    WebApplicationBuilder builder;
    try
    {
        folder = ProfileFolder.Open(options.Profile);
        (first, var exitCode) = await Instance.StartAsync(folder, options);
        if (first is null)
            return exitCode;
        window = new AppWindow(options.Window, folder.File("browser"));
        window.Begin();
        // Each takes as long as the other, for code that has to be compiled first, and neither wants the other.
        var opening = Task.Run(() => OpenProfile(folder, options));
        builder = LoopbackHost.Prepare();
        profile = await opening;
    }
    catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync($"parley: The folder of profile '{options.Profile}' cannot be used: {refused.Message}");
        return 1;
    }

    using (first)
        return await RunProfileAsync(first, options, folder, profile, window, builder);
}

// Starts the interface behind its loopback door, shows it in a window, and ends when the window or the process does.
static async Task<int> RunProfileAsync(Instance instance, DesktopOptions options, ProfileFolder folder, FileProfile profile, AppWindow window, WebApplicationBuilder builder)
{
    Language.Choose(profile.Preferences.Language);
    Language.Choose(profile.Preferences.Clock);
    window.Place(profile.Window, profile.KeepWindow);
    using var colours = new TextMateColours(TimeProvider.System);
    await using var ownServer = new ChildServer(profile, folder); // It goes after its own person's client.
    await using var host = await LoopbackHost.StartAsync(builder, services => services
        .AddSingleton<IProfile>(profile)
        .AddSingleton(new HostCapabilities { Window = window, OwnServer = ownServer, CodeColours = colours, PinsCertificates = true })
        .AddSingleton<CircuitHandler>(new PageSignal(window))
        .AddSingleton<INotifier>(provider => OperatingSystem.IsLinux()
            ? new DBusNotifier(window.Allow, provider.GetRequiredService<ILogger<DBusNotifier>>())
            : new NoNotifier())
        .AddSingleton(provider => NativeClientOptions.Create(folder.File("mirror"), provider.GetRequiredService<ILogger<ChatClient>>()) with
        {
            Program = $"parley 0.1.0 ({(OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux")})",
            MessagesInMemory = 2_000, // About a megabyte for a long conversation.
            MessagesInMemoryOfAll = 20_000,
        })
        .AddParleyUI());

    var accounts = host.Services.GetRequiredService<AccountList>();
    _ = host.Services.GetRequiredService<NotificationWatch>();
    new SessionWatch(
        host.Services.GetRequiredService<IdleTracker>().SetLocked, accounts.Wake, host.Services.GetRequiredService<ILogger<SessionWatch>>()).Start();
    using var claim = new OwnerClaim(accounts, () => Owned(ownServer, options));
    claim.Start();
    var own = StartOwnServerAsync(ownServer, accounts, host.Stopping);
    var resume = accounts.ResumeAsync(host.Stopping);
    instance.Serve(window, profile, accounts.RequestServer, host.NewAddress);
    bool wasShown;
    await using (host.Stopping.Register(window.Close))
        wasShown = await window.ShowAsync(host.NewAddress);
    await host.StopAsync();
    await profile.Written;
    return wasShown ? 0 : 1;
}

// It ran when the program ended, and the person did not leave it.
static async Task StartOwnServerAsync(ChildServer ownServer, AccountList accounts, CancellationToken stopping)
{
    if (!ownServer.IsWanted || accounts.Find(ownServer.Address) is not { } account)
        return;
    await ownServer.StartAsync(stopping);
    account.Client?.RetryNow();
}

// The servers whose data lie on this computer, in the person's own folders.
static IEnumerable<(ServerAddress Server, string Database)> Owned(ChildServer ownServer, DesktopOptions options)
{
    if (ownServer.Address is { } own)
        yield return (own, ownServer.Database);
    if (options is { Server: { } server, Owns: { } database })
        yield return (server, database);
}

static FileProfile OpenProfile(ProfileFolder folder, DesktopOptions options)
{
    var profile = new FileProfile(folder);
    if (options.Server is { } server)
        profile.StartWith(server);
    if (options.Trust is { } pin)
        profile.SavePin(profile.LastServer ?? new ServerAddress("127.0.0.1", ServerAddress.DefaultPort), pin);
    return profile;
}
