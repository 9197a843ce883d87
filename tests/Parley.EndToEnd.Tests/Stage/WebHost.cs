using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Logging;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>Serves what tests/Parley.WebHost was built to, as any server of static files would, from where the build says that each file lies.</summary>
public sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebHost(WebApplication app) => _app = app;

    /// <summary>The page.</summary>
    public Uri Address => new(_app.Urls.Single());

    public static async Task<WebHost> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration[WebHostDefaults.StaticWebAssetsKey] =
            Repository.PathOf("tests", "Parley.WebHost", "bin", Repository.Configuration, "net10.0", "Parley.WebHost.staticwebassets.runtime.json");
        builder.WebHost.UseStaticWebAssets().UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        // Types that the framework's list lacks: data files of the runtime.
        var types = new FileExtensionContentTypeProvider { Mappings = { [".dat"] = "application/octet-stream" } };
        app.UseDefaultFiles().UseStaticFiles(new StaticFileOptions { ContentTypeProvider = types });
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return new WebHost(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
