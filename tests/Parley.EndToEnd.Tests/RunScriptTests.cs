using System.Net.Sockets;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>The first of the two commands: <c>./run</c>, in a home of its own.</summary>
public sealed class RunScriptTests(Browser browser)
{
    [Fact]
    public async Task Run_starts_a_server_and_a_client_that_trusts_it_and_ends_both()
    {
        using var home = new TempFolder();
        await using var run = Run(home, "--no-window");
        await using var context = await browser.NewContextAsync(1200, 760);
        var page = await OpenAsync(context, run);

        await EnterAsync(page, "Register", "alice");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Message #general" }).FillAsync("kept");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);

        var (host, port) = ServerOf(run);
        Assert.True(File.Exists(home["parley", "chat_data.db"]));
        run.Signal(PosixSignalNumber.Terminate);
        await run.WaitForExitAsync();
        await Assert.ThrowsAsync<SocketException>(() => RawPeer.ConnectAsync(host, port));
        Assert.False(File.Exists(home["parley", "server.address"]));
    }

    [Fact]
    public async Task A_second_run_opens_one_more_client_of_the_server_that_runs()
    {
        using var home = new TempFolder();
        await using var first = Run(home, "--no-window");
        await using var alice = await browser.NewContextAsync(1200, 760);
        await EnterAsync(await OpenAsync(alice, first), "Register", "alice");

        await using var second = Run(home, "--no-window", "--profile", "bob");
        await using var bob = await browser.NewContextAsync(1200, 760);
        var page = await OpenAsync(bob, second);
        await EnterAsync(page, "Register", "bob");

        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Members" })).ToContainTextAsync("alice");
        await using var elsewhere = Run(home, "--no-build", "--port", "7");
        Assert.Equal(1, await elsewhere.WaitForExitAsync());
        Assert.Contains("already running on", Assert.Single(elsewhere.ErrorLines), StringComparison.Ordinal);
        second.Signal(PosixSignalNumber.Terminate);
        await second.WaitForExitAsync();
        var (host, port) = ServerOf(first);
        await using var still = await RawPeer.ConnectTlsAsync(host, port); // The server belongs to the first one.
    }

    [Fact]
    public async Task When_the_server_is_killed_one_line_says_so_and_the_window_stays()
    {
        using var home = new TempFolder();
        await using var run = Run(home, "--no-window");
        await using var context = await browser.NewContextAsync(1200, 760);
        var page = await OpenAsync(context, run);
        await EnterAsync(page, "Register", "alice");

        var pid = int.Parse(
            (await File.ReadAllTextAsync(home["parley", "server.address"])).Trim().Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        using (var server = System.Diagnostics.Process.GetProcessById(pid))
            server.Kill();

        await Expect(page.Locator(".banner").First).ToBeVisibleAsync();
        await Eventually.TrueAsync(() => run.ErrorLines.Count > 0, "the line");
        Assert.Contains("The server has stopped.", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Message #general" })).ToBeVisibleAsync();
        run.Signal(PosixSignalNumber.Terminate);
        await run.WaitForExitAsync();
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--profile")]
    [InlineData("--port")]
    public async Task A_mistake_in_the_options_is_one_line(params string[] options)
    {
        using var home = new TempFolder();
        await using var run = Run(home, options);

        Assert.Equal(1, await run.WaitForExitAsync());
        Assert.Single(run.ErrorLines);
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Path));
    }

    // The test builds what it needs; the script is not to build it again under running programs.
    private static ChildProcess Run(TempFolder home, params string[] options) =>
        ChildProcess.Start(
            Repository.PathOf("run"), [.. options, .. options.Contains("--no-window") ? ["--no-build", "--port", "0"] : Array.Empty<string>()], home.Path,
            new Dictionary<string, string?> { ["XDG_DATA_HOME"] = home.Path, ["PARLEY_CONFIGURATION"] = Repository.Configuration, ["DISPLAY"] = null, ["WAYLAND_DISPLAY"] = null });

    private static async Task<IPage> OpenAsync(IBrowserContext context, ChildProcess run)
    {
        const string Prefix = "Parley is at ";
        var line = await run.WaitForLineAsync(l => l.StartsWith(Prefix, StringComparison.Ordinal), "the address");
        var page = await context.NewPageAsync();
        await page.GotoAsync(line[Prefix.Length..]);
        return page;
    }

    private static async Task EnterAsync(IPage page, string button, string name)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Username" }).FillAsync(name);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync(RawPeerVerbs.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Message #general" })).ToBeVisibleAsync();
    }

    private static (string Host, int Port) ServerOf(ChildProcess run)
    {
        var address = run.OutputLines.Single(l => l.StartsWith("The server listens on ", StringComparison.Ordinal)).Split(' ', ';')[4];
        return (address.Split(':')[0], int.Parse(address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
