using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>
/// The interface in a window of WebKitGTK that can be asked: its own small browser, driven by WebKitWebDriver. It is the engine of the desktop's window with
/// the desktop's pages in it; the desktop's window itself lets nobody in. The driver only begins and ends: what is timed is timed in the page.
/// </summary>
internal sealed class Page : IAsyncDisposable
{
    /// <summary>Where the pointer lies over the list of messages.</summary>
    internal const int ListX = 620, ListY = 400;

    private readonly ChildProcess _driver;
    private readonly HttpClient _http;
    private string _session = "";

    private Page(ChildProcess driver, HttpClient http) => (_driver, _http) = (driver, http);

    internal static async Task<Page> OpenAsync(Screen screen, Uri address)
    {
        var port = FreePort();
        var driver = screen.Start("WebKitWebDriver", FormattableString.Invariant($"--port={port}"));
        var page = new Page(
            driver, new HttpClient { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}/")), Timeout = TimeSpan.FromMinutes(3) });
        try
        {
            await Eventually.TrueAsync(() => IsListening(port), "WebKitWebDriver");
            var made = await page.PostAsync("session", new { capabilities = new { } });
            page._session = $"session/{made.GetProperty("sessionId").GetString()}/";
            await page.PostAsync(page._session + "timeouts", new { script = 170_000 });
            await page.PostAsync(page._session + "window/rect", new { x = 0, y = 0, width = 1280, height = 800 });
            await page.PostAsync(page._session + "url", new { url = address.AbsoluteUri });
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a function's body in the page and gives what it returns.</summary>
    internal Task<JsonElement> RunAsync(string body, params object[] args) => PostAsync(_session + "execute/sync", new { script = body, args });

    /// <summary>The same for a body that ends by calling its last argument with what it has to say.</summary>
    internal Task<JsonElement> RunUntilDoneAsync(string body, params object[] args) => PostAsync(_session + "execute/async", new { script = body, args });

    /// <summary>Waits until a function's body returns true.</summary>
    internal async Task UntilAsync(string body)
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        while (!(await RunAsync(body)).GetBoolean())
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
    }

    /// <summary>The text of a script that lies beside the measurements.</summary>
    internal static string Script(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        if (_session.Length > 0)
            await _http.DeleteAsync(new Uri(_session.TrimEnd('/'), UriKind.Relative)); // Closes the browser, too.
        _http.Dispose();
        await _driver.DisposeAsync();
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var content = JsonContent.Create(body);
        await content.LoadIntoBufferAsync(); // Its server reads no chunks.
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        var value = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("value");
        return answer.IsSuccessStatusCode ? value : throw new InvalidOperationException($"WebKitWebDriver, {path}: {value}");
    }

    private static bool IsListening(int port)
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
