using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>A server with a name that asks for a code, and the person whose computer it runs on.</summary>
public sealed class AdmissionTests(Browser browser) : EndToEndTest(browser)
{
    protected override string[] ServerArgs => ["--registration", "code", "--name", "Our place", "--no-limits"];

    [Fact]
    public async Task The_form_asks_for_a_code_and_whoever_is_in_sees_the_servers_name_and_owns_what_runs_here()
    {
        var code = await MakeCodeAsync();
        var alice = await SitDownAsync("alice", [.. DesktopProcess.For(Server), "--owns", Server.DatabasePath]);
        await Expect(alice.TextBox("Invite code")).ToBeVisibleAsync(); // The server says so to whoever comes.

        await alice.TryAsync("Register", RawPeerVerbs.Password);

        await Expect(alice.TextBox("Invite code")).ToBeFocusedAsync();
        await Camera.LookAtAsync(alice.Page, "invite", sizes: [(900, 600), (1280, 800)]);
        await alice.TextBox("Invite code").FillAsync("AAAA-BBBB-CCCC");
        await alice.TextBox("Invite code").PressAsync("Enter");
        await Expect(alice.Alert("This invite code is not valid.")).ToBeVisibleAsync();
        await Camera.LookAtAsync(alice.Page, "invite-wrong", sizes: [(900, 600)]);
        await alice.TextBox("Invite code").FillAsync(code.ToLowerInvariant());
        await alice.TextBox("Invite code").PressAsync("Enter");

        await Expect(alice.Composer).ToBeVisibleAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Button, new() { Name = "Our place" }).First).ToBeVisibleAsync();
        await Expect(alice.Page).ToHaveTitleAsync(new Regex("#general · Our place · Parley$"));
        await Eventually.TrueAsync(() => Sql.Rows(Server.DatabasePath, "SELECT value FROM properties WHERE name = 'owner'") is [["1"]], "the owner");
        await Camera.LookAtAsync(alice.Page, "server-name", sizes: [(900, 600), (1280, 800)]);
        await alice.LogOutAsync();
        await Expect(alice.Page.GetByText("Log in to Our place.")).ToBeVisibleAsync();
        await Camera.LookAtAsync(alice.Page, "server-name-login", sizes: [(900, 600)]);
    }

    [Fact]
    public async Task Who_comes_second_by_the_same_way_owns_nothing_and_who_is_banned_is_told()
    {
        var code = await MakeCodeAsync();
        string[] args = [.. DesktopProcess.For(Server), "--owns", Server.DatabasePath];
        var alice = await EnterAsync("alice", args, code);
        await Eventually.TrueAsync(() => Sql.Rows(Server.DatabasePath, "SELECT value FROM properties WHERE name = 'owner'") is [["1"]], "the owner");
        var bob = await EnterAsync("bob", args, code);

        var banned = await ServerProcess.RunAsync(Server.Folder, "users", "ban", "bob", "--reason", "spam");

        Assert.Equal(0, banned.ExitCode);
        await Expect(bob.Page.GetByText("You are banned from this server: spam")).ToBeVisibleAsync();
        await Expect(bob.Password).ToBeVisibleAsync();
        await Expect(alice.Composer).ToBeVisibleAsync();
        Assert.Equal([["1"]], Sql.Rows(Server.DatabasePath, "SELECT value FROM properties WHERE name = 'owner'"));
    }

    [Fact]
    public async Task A_channel_that_is_hidden_goes_out_of_view_and_one_that_is_renamed_is_called_anew()
    {
        var code = await MakeCodeAsync();
        var alice = await EnterAsync("alice", DesktopProcess.For(Server), code);
        await using var bob = await RawPeer.ConnectAsync(Server);
        await bob.HelloAsync();
        await bob.AskAsync("auth_register", ("username", "bob"), ("password", RawPeerVerbs.Password), ("invite", code));
        await bob.AskAsync("channel_create", ("name", "spam"));
        await bob.AskAsync("channel_create", ("name", "music"));
        await alice.OpenChannelAsync("spam");

        Assert.Equal(0, (await ServerProcess.RunAsync(Server.Folder, "channels", "hide", "spam")).ExitCode);
        Assert.Equal(0, (await ServerProcess.RunAsync(Server.Folder, "channels", "rename", "music", "tunes")).ExitCode);

        await Expect(alice.TextBox("Message #general")).ToBeVisibleAsync();
        await Expect(Person.Link(alice.Channels, "spam")).ToHaveCountAsync(0);
        await alice.OpenChannelAsync("tunes");
    }

    private async Task<Person> EnterAsync(string name, string[] args, string code)
    {
        var person = await SitDownAsync(name, args);
        await person.TryAsync("Register", RawPeerVerbs.Password);
        await Expect(person.TextBox("Invite code")).ToBeFocusedAsync(); // The field is there before the refusal, where the greeting was quicker.
        await person.TextBox("Invite code").FillAsync(code);
        await person.Button("Register").ClickAsync();
        await Expect(person.Composer).ToBeVisibleAsync();
        return person;
    }

    private async Task<string> MakeCodeAsync()
    {
        var made = await ServerProcess.RunAsync(Server.Folder, "code", "--uses", "3");
        Assert.Equal(0, made.ExitCode);
        return made.OutputLines[0].Split(' ')[0];
    }
}
