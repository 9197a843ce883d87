using Parley.Client.Connection;

namespace Parley.Client.Tests.Connection;

public sealed class HandshakeTests
{
    private static readonly Session Session = new(new string('0', 64), "alice");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_talks_nonsense_is_no_Parley_server()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = client.LogInAsync("alice", "secret", Cancel);
        using var connection = await server.AcceptAsync();

        await connection.SendRawAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        Assert.Equal(UnreachableReason.NotParley, Assert.IsType<LogInResult.Unreachable>(await result).Reason);
    }

    [Fact]
    public async Task A_server_that_speaks_level_1_alone_is_no_server_for_this_client()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = client.LogInAsync("alice", "secret", Cancel);
        using var connection = await server.AcceptAsync();

        await connection.ExpectAsync("hello", "error", """
            "code":"not_authenticated","message":"You must log in first."
            """);

        Assert.Equal(UnreachableReason.NotParley, Assert.IsType<LogInResult.Unreachable>(await result).Reason);
    }

    [Fact]
    public async Task A_server_that_hangs_up_during_the_login_is_a_lost_connection()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = client.LogInAsync("alice", "secret", Cancel);
        using (var connection = await server.AcceptAsync())
            await connection.ExpectAsync("hello", "welcome", "\"level\":2,\"server\":\"scripted\"");

        Assert.Equal(UnreachableReason.ConnectionLost, Assert.IsType<LogInResult.Unreachable>(await result).Reason);
    }

    [Fact]
    public async Task A_server_that_closes_with_a_reason_is_quoted()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = client.LogInAsync("alice", "secret", Cancel);
        using (var connection = await server.AcceptAsync())
            await connection.SendAsync("""{"type":"closing","reason":"limit","message":"Too many connections.","reconnect":"later"}""");

        Assert.Equal("Too many connections.", Assert.IsType<LogInResult.Unreachable>(await result).Message);
    }

    [Fact]
    public async Task A_server_that_is_busy_is_quoted()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = client.LogInAsync("alice", "secret", Cancel);
        using var connection = await server.AcceptAsync();
        await connection.ExpectAsync("hello", "welcome", "\"level\":2,\"server\":\"scripted\"");
        await connection.ExpectAsync("auth_login", "error", """
            "code":"busy","message":"Server is busy, try again."
            """);

        Assert.Equal("Server is busy, try again.", Assert.IsType<LogInResult.Refused>(await result).Message);
    }

    [Fact]
    public async Task A_login_can_be_given_up()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        using var giveUp = new CancellationTokenSource();
        var result = client.LogInAsync("alice", "secret", giveUp.Token);
        using var connection = await server.AcceptAsync();

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result);
        Assert.IsType<ConnectionStatus.Offline>(client.Store.State.Connection);
    }

    [Fact]
    public async Task Unknown_types_and_fields_of_a_later_server_are_skipped()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = client.ResumeAsync(Session, Cancel);
        using var connection = await server.AcceptAsync();
        await connection.SendAsync("""{"type":"weather","sun":true}""");
        await connection.ExpectAsync("hello", "ready", ScriptedServer.ReadyFields + ",\"moon\":[1,2]");

        Assert.IsType<LogInResult.LoggedIn>(await result);
    }

    [Fact]
    public async Task A_server_that_says_never_is_not_asked_again()
    {
        using var server = new ScriptedServer();
        await using var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create()));
        var result = client.Client.ResumeAsync(Session, Cancel);
        using (var connection = await server.AcceptByTokenAsync())
        {
            await result;
            await connection.SendAsync("""{"type":"closing","reason":"protocol_violation","message":"You are not welcome.","reconnect":"never"}""");
        }

        await client.SeesAsync(s => s.Connection is ConnectionStatus.Offline { Message: "You are not welcome." }, "to be offline");
    }

    [Fact]
    public async Task A_server_that_breaks_the_protocol_is_left_and_tried_again()
    {
        using var server = new ScriptedServer();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = client.ResumeAsync(Session, Cancel);
        using (var connection = await server.AcceptByTokenAsync())
        {
            await result;
            await connection.SendAsync("""{"type":"event","channel_id":"one"}""");
            using var next = await server.AcceptByTokenAsync();
        }
    }
}
