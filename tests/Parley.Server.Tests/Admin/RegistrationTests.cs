using System.Text.Json;

namespace Parley.Server.Tests.Admin;

/// <summary>Who may make an account.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Where_registration_is_closed_nobody_registers_and_who_has_an_account_logs_in()
    {
        using var folder = new TempFolder();
        await using (var open = await ServerProcess.StartInAsync(folder.Path, "--no-tls"))
            await (await open.ConnectLevel1Async("alice")).DisposeAsync();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--registration", "closed");

        var level1 = await RegisterLevel1Async(server, "bob");
        var level2 = await RegisterAsync(server, "bob", "0000-0000-0000");

        Assert.Equal(["type", "success", "error"], level1.Fields());
        Assert.Equal("Nobody can register on this server.", level1.Text("error"));
        Assert.Equal(("closed", "Nobody can register on this server."), (level2.Text("code"), level2.Text("error")));
        await using var alice = await RawPeer.ConnectAsync(server);
        Assert.Equal("closed", (await alice.HelloAsync()).Text("joining"));
        Assert.True((await alice.AskAsync("auth_login", ("username", "alice"), ("password", RawPeerVerbs.Password))).GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task With_a_code_so_many_register_as_it_has_uses_and_however_it_is_typed()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--registration", "code");
        var code = await Operator.CodeAsync(server.Folder, "--uses", "2", "--expires", "1h");

        var without = await RegisterAsync(server, "alice", null);
        var wrong = await RegisterAsync(server, "alice", "ZZZZ-ZZZZ-ZZZZ");
        var level1 = await RegisterLevel1Async(server, "alice");
        var first = await RegisterAsync(server, "alice", $" {code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} ");
        var taken = await RegisterAsync(server, "ALICE", code);
        var second = await RegisterAsync(server, "bob", code);
        var third = await RegisterAsync(server, "carol", code);

        Assert.Equal(("invite_required", "You need an invite code to register on this server."), (without.Text("code"), without.Text("error")));
        Assert.Equal(("invite_required", "This invite code is not valid."), (wrong.Text("code"), wrong.Text("error")));
        Assert.Equal(["type", "success", "error"], level1.Fields());
        Assert.True(first.GetProperty("success").GetBoolean());
        Assert.Equal("Username already taken.", taken.Text("error"));
        Assert.True(second.GetProperty("success").GetBoolean());
        Assert.Equal("This invite code is not valid.", third.Text("error"));
        var listed = Assert.Single(await Operator.AskAsync(server.Folder, "code", "list"));
        Assert.Equal((code, 2, 2), (listed.Text("code"), listed.Number("uses"), listed.Number("used")));
    }

    [Fact]
    public async Task A_code_for_one_is_used_once_however_many_try_at_the_same_time()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--registration", "code");
        var code = await Operator.CodeAsync(server.Folder);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RegisterAsync(server, $"user{i}", code)));

        Assert.Single(answers, answer => answer.GetProperty("success").GetBoolean());
        Assert.All(answers.Where(answer => !answer.GetProperty("success").GetBoolean()), answer => Assert.Equal("invite_required", answer.Text("code")));
        Assert.Equal(1, Sql.Number(server.DatabasePath, "SELECT COUNT(*) FROM users"));
    }

    [Fact]
    public async Task A_code_that_was_revoked_or_has_expired_opens_nothing_and_a_restart_changes_nothing()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--registration", "code");
        var (revoked, expired, good) = (
            await Operator.CodeAsync(server.Folder), await Operator.CodeAsync(server.Folder, "--expires", "1h"), await Operator.CodeAsync(server.Folder));
        await Operator.DoAsync(server.Folder, "code", "revoke", revoked);
        await server.TerminateAsync();
        Sql.Run(server.DatabasePath, "UPDATE invites SET expires_at = 1 WHERE expires_at IS NOT NULL");
        await server.RestartAsync();

        Assert.Equal("This invite code is not valid.", (await RegisterAsync(server, "alice", revoked)).Text("error"));
        Assert.Equal("This invite code is not valid.", (await RegisterAsync(server, "alice", expired)).Text("error"));
        Assert.True((await RegisterAsync(server, "alice", good)).GetProperty("success").GetBoolean());
        Assert.Equal("There is no such code.", await Operator.RefusedAsync(server.Folder, "code", "revoke", revoked));
    }

    [Fact]
    public async Task Who_guesses_codes_waits_after_the_tenth_and_then_a_right_one_waits_too()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--registration", "code");
        var code = await Operator.CodeAsync(server.Folder);
        for (var i = 0; i < 10; i++)
            Assert.Equal("This invite code is not valid.", (await RegisterAsync(server, "alice", $"0000-0000-00{i:00}")).Text("error"));

        var late = await RegisterAsync(server, "alice", code);
        await using var elsewhere = await RawPeer.ConnectAsync(server.Host, server.Port, System.Net.IPAddress.Parse("127.0.0.9"));
        await elsewhere.HelloAsync();
        var other = await elsewhere.AskAsync("auth_register", ("username", "alice"), ("password", RawPeerVerbs.Password), ("invite", code));

        Assert.Matches(@"^Too many wrong invite codes\. Try again in \d+ seconds\.$", late.Text("error"));
        Assert.True(other.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task The_servers_name_is_told_before_the_login_and_after_it()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--name", "  Our\u202e Place ");
        await using var alice = await RawPeer.ConnectAsync(server);

        var welcome = await alice.HelloAsync();
        await alice.AskAsync("auth_register", ("username", "alice"), ("password", RawPeerVerbs.Password));
        var ready = await alice.ReceiveAsync("ready");

        Assert.Equal(("Our Place", null), (welcome.Text("name"), welcome.Text("joining")));
        Assert.Equal("Our Place", ready.Text("name"));
        Assert.Equal("members", ready.Fields()[^1]);
    }

    private static async Task<JsonElement> RegisterAsync(ServerProcess server, string name, string? code)
    {
        await using var peer = await RawPeer.ConnectAsync(server);
        await peer.HelloAsync();
        return await peer.AskAsync("auth_register", ("username", name), ("password", RawPeerVerbs.Password), ("invite", code));
    }

    private static async Task<JsonElement> RegisterLevel1Async(ServerProcess server, string name)
    {
        await using var peer = await RawPeer.ConnectAsync(server);
        await peer.SendAsync(new { type = "auth_register", username = name, password = RawPeerVerbs.Password });
        return await peer.ReceiveAsync("auth_result");
    }
}
