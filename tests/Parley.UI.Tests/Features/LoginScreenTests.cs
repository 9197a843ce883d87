using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.UI.Features.Accounts;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class LoginScreenTests
{
    [Fact]
    public async Task One_form_has_the_name_the_password_and_both_buttons()
    {
        await using var ui = await NobodyYetAsync();

        var screen = ui.Render<LoginScreen>();

        Assert.NotNull(screen.Find("label:contains('Username')"));
        Assert.Equal("password", screen.Find("input[autocomplete=current-password]").GetAttribute("type"));
        Assert.Equal(["Register", "Log In"], screen.FindAll("form .button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task Advanced_is_closed_until_it_is_opened()
    {
        await using var ui = await NobodyYetAsync();
        var screen = ui.Render<LoginScreen>();
        Assert.Empty(screen.FindAll("label:contains('Host')"));

        await screen.Find("button[aria-expanded]").ClickAsync(new());

        Assert.Equal("true", screen.Find("button[aria-expanded]").GetAttribute("aria-expanded"));
        Assert.Equal("127.0.0.1", Input(screen, "Host"));
        Assert.Equal("5050", Input(screen, "Port"));
        Assert.NotNull(screen.Find("input[type=checkbox][checked]"));
    }

    [Fact]
    public async Task It_starts_with_the_server_and_the_name_of_the_last_time()
    {
        await using var ui = await NobodyYetAsync();
        ui.Profile.LastServer = new ServerAddress("chat.example.org", 6000);
        ui.Profile.LastUsername = "alice";

        var screen = ui.Render<LoginScreen>();

        Assert.Equal("alice", Input(screen, "Username"));
        Assert.Contains("chat.example.org:6000", screen.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_was_asked_for_from_outside_is_filled_in_and_one_that_is_there_comes_into_view()
    {
        await using var ui = new UiContext();
        ui.WindowNavigation.Show(ui.Account);

        ui.WindowNavigation.Open(new ServerAddress("other.example.org", 6000));
        var screen = ui.Render<LoginScreen>();

        Assert.Equal(("other.example.org", "6000"), (Input(screen, "Host"), Input(screen, "Port")));
        ui.WindowNavigation.Open(new ServerAddress("CHAT.example.org", ServerAddress.DefaultPort));
        Assert.Same(ui.Account, ui.WindowNavigation.ShownAccount);
        ui.WindowNavigation.Add(); // Another time the person names it.
        Assert.Equal("", Input(ui.Render<LoginScreen>(), "Host"));
    }

    [Fact]
    public async Task A_port_that_is_none_is_told_where_it_is_typed()
    {
        await using var ui = await NobodyYetAsync();
        ui.Profile.LastServer = new ServerAddress("chat.example.org", 0);
        var screen = ui.Render<LoginScreen>();

        await screen.Find("form").SubmitAsync();

        Assert.Equal("true", screen.Find("input[aria-invalid]").GetAttribute("aria-invalid"));
        Assert.Contains("1 to 65535", screen.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://chat.example.org:6000/invite", "chat.example.org", "6000")]
    [InlineData("Come to my server on Parley: [2001:db8::1]:6000, 10.0.0.7:6000 (certificate, SHA-256: AAA)", "2001:db8::1", "6000")]
    public async Task A_whole_address_or_invitation_may_be_pasted(string pasted, string host, string port)
    {
        await using var ui = await NobodyYetAsync();
        var screen = ui.Render<LoginScreen>();
        await screen.Find("button[aria-expanded]").ClickAsync(new());
        var pin = Fingerprint(0xAB);

        await Field(screen, "Host").InputAsync(pasted.Replace("AAA", pin.ToString(), StringComparison.Ordinal));
        await Field(screen, "Username").InputAsync("alice");
        await Field(screen, "Password").InputAsync("battery staple");
        _ = screen.Find("form").SubmitAsync();

        await Eventually.TrueAsync(() => Input(screen, "Host") == host, "the address to be taken apart");
        Assert.Equal(port, Input(screen, "Port"));
        Assert.Equal(pasted.Contains("AAA", StringComparison.Ordinal) ? pin : null, ui.Profile.PinOf(new ServerAddress(host, 6000)));
    }

    [Fact]
    public async Task Enter_after_the_name_leads_to_the_password_and_whoever_is_new_registers()
    {
        await using var server = new ObligingServer();
        await using var ui = await NobodyYetAsync();
        ui.Profile.LastServer = server.Address;
        var screen = ui.Render<LoginScreen>();

        await Field(screen, "Username").InputAsync("alice");
        await screen.Find("form").SubmitAsync();

        Assert.Empty(screen.FindAll("[role=alert]"));
        Assert.Empty(server.Asked("auth_login").Concat(server.Asked("auth_register")));
        Assert.Equal("Register", screen.Find("form .button[type=submit]").TextContent.Trim());
    }

    [Fact]
    public async Task Whoever_is_new_to_a_closed_server_logs_in_by_the_only_button()
    {
        await using var server = new ObligingServer { Joining = Joining.Closed };
        await using var ui = await NobodyYetAsync();
        ui.Profile.LastServer = server.Address;
        var screen = ui.Render<LoginScreen>();
        await screen.Find("form").FocusInAsync(new());
        await Eventually.TrueAsync(() => screen.FindAll("form .login__actions .button").Count == 1, "the server's answer");

        await Field(screen, "Username").InputAsync("alice");
        await Field(screen, "Password").InputAsync("battery staple");
        _ = screen.Find("form").SubmitAsync();

        await Eventually.TrueAsync(() => server.Asked("auth_login").Concat(server.Asked("auth_register")).Any(), "the login");
        Assert.Empty(server.Asked("auth_register"));
    }

    [Fact]
    public async Task An_unknown_certificate_shows_its_fingerprint_and_asks()
    {
        await using var ui = new UiContext();
        var certificate = new CertificateDetails(Fingerprint(1), "CN=chat", Given.Noon);
        var trusted = 0;

        var dialog = ui.Render<UnknownCertificateDialog>(parameters => parameters
            .Add(d => d.Certificate, certificate)
            .Add(d => d.Server, "chat.example.org:5050")
            .Add(d => d.OnTrust, () => trusted++));
        await dialog.Find("button:contains('Trust')").ClickAsync(new());

        Assert.Equal(certificate.Fingerprint.ToString(), dialog.Find(".fingerprint__value").TextContent);
        Assert.Equal(32 / 8, dialog.FindAll(".fingerprint__value wbr").Count); // A line ends after eight bytes, never within one.
        Assert.Equal("Unknown certificate", dialog.Find("dialog h2").TextContent);
        Assert.NotNull(dialog.Find("button:contains('Cancel')"));
        Assert.Equal(1, trusted);
    }

    [Fact]
    public async Task A_changed_certificate_offers_no_trust()
    {
        await using var ui = new UiContext();
        var change = new LogInResult.CertificateChanged(Fingerprint(1), new CertificateDetails(Fingerprint(2), "CN=chat", Given.Noon));

        var dialog = ui.Render<CertificateChangedDialog>(parameters => parameters.Add(d => d.Change, change).Add(d => d.Server, "chat.example.org:5050"));

        Assert.Equal("Certificate changed", dialog.Find("dialog h2").TextContent);
        Assert.Equal(["Close"], dialog.FindAll("button").Select(button => button.TextContent.Trim()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_the_system_trusted_is_never_offered_for_trust(bool wasTrusted)
    {
        await using var ui = new UiContext();
        if (wasTrusted)
            ui.Profile.SaveSystemTrust(ui.Client.Server);
        ui.Account.ReplaceClient(client: null, new LogInResult.UnknownCertificate(new CertificateDetails(Fingerprint(1), "CN=hotel", Given.Noon)));

        var screen = ui.Render<LoginScreen>(parameters => parameters.Add(s => s.Account, ui.Account));

        Assert.Equal(wasTrusted ? 0 : 1, screen.FindAll("button:contains('Trust')").Count);
        Assert.Equal(wasTrusted ? 1 : 0, screen.FindAll("[role=alert]:contains('verify')").Count);
    }

    [Theory]
    [InlineData(Joining.Open, false, 2)]
    [InlineData(Joining.Invite, true, 2)]
    [InlineData(Joining.Closed, false, 1)]
    public async Task Who_may_register_decides_what_the_form_asks_for_as_soon_as_the_person_is_at_it(string joining, bool asksForCode, int buttons)
    {
        await using var server = new ObligingServer { Joining = joining };
        await using var ui = await NobodyYetAsync();
        ui.Profile.LastServer = server.Address;
        var screen = ui.Render<LoginScreen>();

        await screen.Find("form").FocusInAsync(new());

        await Eventually.TrueAsync(() => server.Asked("hello").Count == 1, "the question");
        Assert.Equal(asksForCode, screen.FindAll("label:contains('Invite code')").Count == 1);
        Assert.Equal(buttons, screen.FindAll("form .login__actions .button").Count);
        Assert.Equal(joining == Joining.Closed, screen.FindAll("[role=status]:contains('Registration is closed')").Count == 1);
        await screen.Find("form").FocusInAsync(new());
        Assert.Single(server.Asked("hello")); // Once a server.
    }

    [Fact]
    public async Task A_server_that_is_away_leaves_the_form_as_it_is()
    {
        var server = new ObligingServer();
        await server.DisposeAsync();
        await using var ui = await NobodyYetAsync();
        ui.Profile.LastServer = server.Address;
        var screen = ui.Render<LoginScreen>();

        await screen.Find("form").FocusInAsync(new());

        Assert.Equal(2, screen.FindAll("form .login__actions .button").Count);
        Assert.Empty(screen.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task Whoever_came_in_by_a_one_time_password_is_asked_for_another_at_once_and_once()
    {
        await using var server = new ObligingServer { Joining = Joining.Open };
        await using var ui = await NobodyYetAsync();

        await ui.Accounts.LogInAsync(server.Address, "alice", "one-time", LogInKind.LogIn, null, CancellationToken.None);
        var account = ui.Accounts.Find(server.Address) ?? throw new InvalidOperationException("There is no account.");
        var dialog = ui.Render<OwnPasswordDialog>(account, account.Client ?? throw new InvalidOperationException("Nobody is logged in."));

        Assert.Equal("Choose a password", dialog.Find("dialog h2").TextContent);
        Assert.Equal(2, dialog.FindAll("input").Count); // The one that opened is known.
        await dialog.FindAll("input")[0].InputAsync("battery staple");
        await dialog.FindAll("input")[1].InputAsync("battery staple");
        await dialog.Find("form").SubmitAsync();
        await Eventually.TrueAsync(() => dialog.FindAll("dialog").Count == 0, "the dialog to go");
        var asked = Assert.Single(server.Asked("password_change"));
        Assert.Equal(("one-time", "battery staple"), (asked.GetProperty("old_password").GetString(), asked.GetProperty("new_password").GetString()));
        Assert.Null(account.OneTimePassword);
    }

    private static async Task<UiContext> NobodyYetAsync()
    {
        var ui = new UiContext();
        await ui.Accounts.RemoveAsync(ui.Account, CancellationToken.None);
        ui.Profile.LastServer = null;
        return ui;
    }

    private static Fingerprint Fingerprint(int seed) =>
        Parley.Client.Connection.Fingerprint.Parse(string.Concat(Enumerable.Repeat($"{seed:x2}", 32))) ?? throw new InvalidOperationException();

    private static string? Input(IRenderedComponent<LoginScreen> screen, string label) => Field(screen, label).GetAttribute("value");

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<LoginScreen> screen, string label) =>
        screen.Find($"#{screen.Find($"label:contains('{label}')").GetAttribute("for")}");
}
