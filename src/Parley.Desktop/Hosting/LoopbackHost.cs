using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Parley.Desktop.Hosting;

/// <summary>The web server inside this process that the window looks at: 127.0.0.1, a port of the system's choice, one visitor.</summary>
internal sealed class LoopbackHost : IAsyncDisposable
{
    // What a person pastes into the composer travels as one message; the framework's 32 KB would end the circuit.
    private const long MaxInteropBytes = 4 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly LoopbackDoor _door = new();

    private LoopbackHost(WebApplication app) => _app = app;

    internal IServiceProvider Services => _app.Services;

    /// <summary>Cancelled when the process is told to end (SIGTERM, Ctrl+C).</summary>
    internal CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>All of it that depends on nobody's profile.</summary>
    internal static WebApplicationBuilder Prepare()
    {
        // Not the caller's folder: the page's files lie beside the program, and no argument or environment variable of a web server's applies.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "parley" });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        builder.WebHost.UseSetting(WebHostDefaults.PreventHostingStartupKey, "true");
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(IPAddress.Loopback, 0);
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It warns that the keys are not encrypted at rest; they are never at rest.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A browser may still bear the cookie of an earlier run on another port (ports make no difference to cookies); it gets a new one.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical);
        // A page that is just loading at the end gets half of what it asks for, and the framework's complaints of it are nobody's to mend.
        var pages = new OpenPages();
        builder.Logging.AddFilter("Microsoft.AspNetCore.Components", level => level >= LogLevel.Warning && !pages.AreOver);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(500));
        // Keys that outlive the process would only be a secret to lose.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSingleton(pages).AddScoped<InboundOrder>().AddScoped<CircuitHandler>(circuit => circuit.GetRequiredService<InboundOrder>());
        builder.Services.Configure<Microsoft.AspNetCore.SignalR.HubOptions>(hub => hub.MaximumReceiveMessageSize = MaxInteropBytes);
        builder.Services.Configure<CircuitOptions>(circuit => circuit.DisconnectedCircuitMaxRetained = 4);
        return builder;
    }

    internal static async Task<LoopbackHost> StartAsync(WebApplicationBuilder builder, Action<IServiceCollection> addServices)
    {
        addServices(builder.Services);
        var app = builder.Build();
        var host = new LoopbackHost(app);
        LoopbackGuard.Use(app, host._door);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<Document>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        await app.StartAsync();
        return host;
    }

    /// <summary>A new address that opens once.</summary>
    internal Uri NewAddress()
    {
        var server = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        var origin = server?.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("The loopback server has not started.");
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{origin}{_door.Path}/?{LoopbackGuard.TokenParameter}={_door.IssueToken()}"));
    }

    internal async Task StopAsync()
    {
        await Services.GetRequiredService<OpenPages>().EmptyAsync();
        await _app.StopAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
