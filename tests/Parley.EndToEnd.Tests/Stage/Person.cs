using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>
/// Somebody at a desktop of their own: a process, a profile, and a page in a browser context of its own. Things are found as a screen reader finds them.
/// When it goes, the browser's console must have stayed free of errors.
/// </summary>
public sealed class Person : IAsyncDisposable
{
    private readonly List<string> _consoleErrors = [];
    private readonly TempFolder _data;
    private readonly string[] _desktopArgs;
    private readonly IBrowserContext _context;
    private bool _isLeaving;

    private Person(string name, TempFolder data, string[] desktopArgs, DesktopProcess desktop, IBrowserContext context, IPage page)
    {
        Name = name;
        _data = data;
        _desktopArgs = desktopArgs;
        Desktop = desktop;
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"page: {error}");
        page.RequestFailed += (_, request) => Note(true, $"request: {request.Url}: {request.Failure}");
    }

    public string Name { get; }

    public DesktopProcess Desktop { get; private set; }

    public IPage Page { get; }

    public ILocator Username => TextBox("Username");

    public ILocator Password => TextBox("Password");

    public ILocator Log => Page.GetByRole(AriaRole.Log, new() { Name = "Messages" });

    public ILocator Messages => Log.GetByRole(AriaRole.Article);

    public ILocator Members => Page.GetByRole(AriaRole.List, new() { Name = "Members" });

    public ILocator Channels => Page.GetByRole(AriaRole.Navigation, new() { Name = "Channels" });

    public ILocator DirectMessages => Page.GetByRole(AriaRole.Navigation, new() { Name = "Direct messages" });

    /// <summary>The place at the lower left where one's own name stands.</summary>
    public ILocator Self => Page.GetByRole(AriaRole.Region, new() { Name = "Your status and account" }).GetByRole(AriaRole.Button).First;

    public ILocator Composer => Page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Message [#@]") });

    /// <summary>Starts the desktop and opens its page, which shows the login screen, or the chat where the profile has a session.</summary>
    public static async Task<Person> SitDownAsync(
        Browser browser, string name, string[] desktopArgs, int width = 1200, int height = 760, bool bypassPolicy = false, string? bus = null)
    {
        var data = new TempFolder();
        var desktop = bus is null ? DesktopProcess.Start(data.Path, name, desktopArgs) : DesktopProcess.StartOn(bus, data.Path, name, desktopArgs);
        var context = await browser.NewContextAsync(width, height, bypassPolicy);
        var person = new Person(name, data, desktopArgs, desktop, context, await context.NewPageAsync());
        await person.OpenPageAsync();
        return person;
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator TextBox(string name) => Page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    public ILocator Radio(string name) => Page.GetByRole(AriaRole.Radio, new() { Name = name });

    public ILocator Dialog(string name) => Page.GetByRole(AriaRole.Dialog, new() { Name = name, Exact = true });

    public ILocator Alert(string text) => Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = text });

    /// <summary>The link of a channel or, in <see cref="DirectMessages"/>, of a person.</summary>
    public static ILocator Link(ILocator navigation, string name) => navigation.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>The whole entry of that link, with its count.</summary>
    public ILocator Entry(ILocator navigation, string name) =>
        navigation.GetByRole(AriaRole.Listitem).Filter(new() { Has = Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    /// <summary>The articles that hold this text.</summary>
    public ILocator Said(string text) => Messages.Filter(new() { HasText = text });

    public Task RegisterAsync(string password = RawPeerVerbs.Password) => EnterAsync("Register", password);

    public Task LogInAsync(string password = RawPeerVerbs.Password) => EnterAsync("Log In", password);

    /// <summary>Logs out, by the menu at one's own name.</summary>
    public async Task LogOutAsync()
    {
        await Self.ClickAsync();
        await Button("Log out").ClickAsync();
        await Dialog("Log out?").GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
    }

    /// <summary>Fills the form and presses a button, whatever comes of it.</summary>
    public async Task TryAsync(string button, string password)
    {
        await Username.FillAsync(Name);
        await Password.FillAsync(password);
        await Button(button).ClickAsync();
    }

    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await Composer.PressAsync("Enter");
    }

    public async Task OpenChannelAsync(string name)
    {
        await Link(Channels, name).ClickAsync();
        await Expect(TextBox($"Message #{name}")).ToBeVisibleAsync();
    }

    /// <summary>Ends the desktop, by default as its user does not notice (SIGTERM), and starts it again with the same profile.</summary>
    public async Task RestartDesktopAsync(PosixSignalNumber signal = PosixSignalNumber.Terminate)
    {
        _isLeaving = true;
        if (signal == PosixSignalNumber.Terminate)
            await Page.GotoAsync("about:blank");
        Desktop.Process.Signal(signal);
        await Desktop.Process.WaitForExitAsync();
        await Desktop.DisposeAsync();
        if (signal != PosixSignalNumber.Terminate)
            await Page.GotoAsync("about:blank"); // What the page has to say of its loss it has said by then.
        _isLeaving = false;
        await StartDesktopAgainAsync(_desktopArgs);
    }

    /// <summary>Starts the desktop of a profile whose desktop has ended.</summary>
    public async Task StartDesktopAgainAsync(params string[] args)
    {
        Desktop = DesktopProcess.Start(_data.Path, Name, args);
        await OpenPageAsync();
    }

    /// <summary>Loads the page anew; the desktop stays as it is.</summary>
    public async Task LoadAgainAsync()
    {
        _isLeaving = true;
        await Page.ReloadAsync();
        _isLeaving = false;
    }

    /// <summary>Starts the desktop a second time, while it runs; that start ends by itself.</summary>
    public async Task StartOnceMoreAsync(params string[] args)
    {
        await using var second = DesktopProcess.Start(_data.Path, Name, args);
        Assert.Equal(0, await second.Process.WaitForExitAsync());
    }

    /// <summary>From here on the page is on its own: its desktop is about to end.</summary>
    public void ExpectPageToLoseItsDesktop() => _isLeaving = true;

    public async ValueTask DisposeAsync()
    {
        var errors = _consoleErrors.ToList();
        _isLeaving = true;
        await _context.CloseAsync();
        await Desktop.DisposeAsync();
        _data.Dispose();
        Assert.True(errors.Count == 0, $"The console of {Name}'s browser: {string.Join('\n', errors)}\n{Desktop.Process.Describe()}");
    }

    private async Task EnterAsync(string button, string password)
    {
        await TryAsync(button, password);
        await Expect(Composer).ToBeVisibleAsync();
    }

    private async Task OpenPageAsync()
    {
        var address = await Desktop.AddressAsync();
        var response = await Page.GotoAsync(address.AbsoluteUri);
        Assert.True(response?.Ok, $"{address} answered {response?.Status}.");
    }

    private void Note(bool isError, string what)
    {
        if (isError && !_isLeaving)
            _consoleErrors.Add(what);
    }
}
