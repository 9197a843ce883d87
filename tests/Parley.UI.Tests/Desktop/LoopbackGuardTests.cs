using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Desktop.Hosting;

namespace Parley.UI.Tests.Desktop;

/// <summary>The door of the loopback port, over real sockets.</summary>
public sealed class LoopbackGuardTests : IAsyncLifetime
{
    private readonly LoopbackDoor _door = new();
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    public LoopbackGuardTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        LoopbackGuard.Use(_app, _door);
        _app.MapGet("/", () => "inside");
    }

    private int Port => new Uri(_app.Urls.First()).Port;

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_token_or_a_cookie_everything_is_refused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/_blazor")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/?token=guessed")).StatusCode);
    }

    [Fact]
    public async Task A_token_opens_once_and_becomes_a_strict_cookie_that_scripts_cannot_read()
    {
        var token = _door.IssueToken();

        var first = await GetAsync($"/?token={token}");
        var second = await GetAsync($"/?token={token}");

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(_door.Path + "/", first.Headers.Location?.ToString());
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"parley-{Port}="), cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
    }

    /// <summary>Ports make no difference to cookies: a chat may lead to another port of this machine, whose server would come in with ours.</summary>
    [Fact]
    public async Task No_other_port_gets_the_cookie_and_nothing_is_served_outside_of_its_path()
    {
        var entered = await GetAsync($"/?token={_door.IssueToken()}");
        CookieContainer browser = new();
        browser.SetCookies(new Uri($"http://127.0.0.1:{Port}{_door.Path}/"), entered.Headers.GetValues("Set-Cookie").Single());

        Assert.NotEmpty(browser.GetCookieHeader(new Uri($"http://127.0.0.1:{Port}{_door.Path}/_blazor")));
        Assert.Empty(browser.GetCookieHeader(new Uri("http://127.0.0.1:8080/")));
        Assert.Empty(browser.GetCookieHeader(new Uri("http://127.0.0.1:8080/a/guessed/path")));
        var cookie = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/", cookie, below: "")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/", cookie, below: "/guessed")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync($"/?token={_door.IssueToken()}", below: "")).StatusCode);
        Assert.NotEqual(_door.Path, new LoopbackDoor().Path);
    }

    [Fact]
    public async Task The_cookie_opens_and_every_answer_bears_the_policy()
    {
        var answer = await GetAsync("/", cookie: await EnterAsync());

        Assert.Equal("inside", await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
            + "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
    }

    /// <summary>A page that nobody led to keeps the process that waits for it; one that something led to is cut off from that.</summary>
    [Theory]
    [InlineData("none", false)]
    [InlineData("cross-site", true)]
    [InlineData("same-origin", true)]
    [InlineData(null, true)]
    public async Task Who_led_here_is_cut_off(string? site, bool isCutOff)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{Port}{_door.Path}/");
        request.Headers.Add("Cookie", await EnterAsync());
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using var answer = await _http.SendAsync(request);

        Assert.Equal(isCutOff, answer.Headers.Contains("Cross-Origin-Opener-Policy"));
    }

    [Fact]
    public async Task Another_host_name_is_refused_even_with_the_cookie()
    {
        var cookie = await EnterAsync();

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await GetAsync("/", cookie, host: $"localhost:{Port}")).StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await GetAsync("/", cookie, host: $"evil.example:{Port}")).StatusCode);
    }

    [Fact]
    public async Task Another_origin_is_refused_even_with_the_cookie()
    {
        var cookie = await EnterAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/", cookie, origin: "http://evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/", cookie, origin: "null")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/", cookie, origin: $"http://127.0.0.1:{Port}")).StatusCode);
    }

    private async Task<string> EnterAsync()
    {
        var answer = await GetAsync($"/?token={_door.IssueToken()}");
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? cookie = null, string? host = null, string? origin = null, string? below = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{Port}{below ?? _door.Path}{path}");
        request.Headers.Host = host;
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await _http.SendAsync(request);
    }
}
