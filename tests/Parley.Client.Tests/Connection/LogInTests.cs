using System.Net;
using System.Net.Sockets;
using Parley.Client.Connection;

namespace Parley.Client.Tests.Connection;

public sealed class LogInTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_says_so()
    {
        await using var alice = await server.RegisterAsync();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());

        var result = await client.LogInAsync(alice.Session.Username, "not this one", Cancel);

        Assert.Equal("Invalid username or password.", Assert.IsType<LogInResult.Refused>(result).Message);
        Assert.Null(client.Session);
    }

    [Fact]
    public async Task A_name_that_is_taken_says_so()
    {
        await using var alice = await server.RegisterAsync();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());

        var result = await client.RegisterAsync(alice.Session.Username, TestClient.Password, Cancel);

        Assert.Equal("Username already taken.", Assert.IsType<LogInResult.Refused>(result).Message);
    }

    [Fact]
    public async Task After_a_refusal_the_same_client_can_log_in()
    {
        await using var alice = await server.RegisterAsync();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        await client.LogInAsync(alice.Session.Username, "not this one", Cancel);

        var result = await client.LogInAsync(alice.Session.Username.ToUpperInvariant(), TestClient.Password, Cancel);

        Assert.Equal(alice.Session.Username, Assert.IsType<LogInResult.LoggedIn>(result).Session.Username);
    }

    [Fact]
    public async Task A_token_brings_the_client_back_without_a_password()
    {
        await using var alice = await server.RegisterAsync();
        await alice.SayAndSeeAsync(alice.General, "before");
        var session = alice.Session;
        await alice.Client.DisconnectAsync();

        await using var back = new ChatClient(server.Address, NativeClientOptions.Create());
        var result = await back.ResumeAsync(session, Cancel);

        Assert.Equal(session.Username, Assert.IsType<LogInResult.LoggedIn>(result).Session.Username);
        Assert.Equal(session.Username, back.Store.State.User?.Username);
    }

    [Fact]
    public async Task A_token_that_was_logged_out_asks_for_the_password()
    {
        await using var alice = await server.RegisterAsync();
        await using var otherWindow = await alice.AnotherWindowAsync();
        var session = alice.Session;

        await alice.Client.LogOutAsync(Cancel);

        Assert.Null(alice.Client.Session);
        await otherWindow.SeesAsync(s => s.Connection is ConnectionStatus.Offline { Reason: OfflineReason.LoggedOut }, "to be logged out");
        await using var back = new ChatClient(server.Address, NativeClientOptions.Create());
        Assert.IsType<LogInResult.SessionEnded>(await back.ResumeAsync(session, Cancel));
        Assert.Null(back.Session);
    }

    [Fact]
    public async Task Somebody_else_on_the_same_client_sees_nothing_of_the_one_before()
    {
        await using var client = await server.RegisterAsync();
        await client.SayAndSeeAsync(client.General, "mine");
        await client.Client.LogOutAsync(Cancel);

        Assert.IsType<LogInResult.LoggedIn>(await client.Client.RegisterAsync(server.NewName(), TestClient.Password, Cancel));

        Assert.Equal(0, client.State.LogOf(client.General).HeldCount);
    }

    [Fact]
    public async Task Nothing_listens_there()
    {
        using var port = new Socket(SocketType.Stream, ProtocolType.Tcp);
        port.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Bound and not listening: nobody else takes it meanwhile.
        await using var client = new ChatClient(new ServerAddress("127.0.0.1", ((IPEndPoint)port.LocalEndPoint!).Port), NativeClientOptions.Create());

        var result = await client.LogInAsync("somebody", TestClient.Password, Cancel);

        Assert.Equal(UnreachableReason.ConnectionRefused, Assert.IsType<LogInResult.Unreachable>(result).Reason);
    }

    [Theory]
    [InlineData("no-such-host.invalid")]
    [InlineData("not a name")]
    [InlineData("")]
    public async Task There_is_no_such_server(string host)
    {
        await using var client = new ChatClient(new ServerAddress(host, 5050), NativeClientOptions.Create());

        var result = await client.LogInAsync("somebody", TestClient.Password, Cancel);

        Assert.Equal(UnreachableReason.NoSuchServer, Assert.IsType<LogInResult.Unreachable>(result).Reason);
    }

    [Fact]
    public async Task A_resume_without_a_server_keeps_trying_until_there_is_one()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync();
        wire.TakeDown();
        await using var back = new TestClient(new ChatClient(wire.Address, NativeClientOptions.Create()));

        Assert.IsType<LogInResult.Unreachable>(await back.Client.ResumeAsync(alice.Session, Cancel));
        wire.Restore();

        await back.SeesAsync(s => s.Connection is ConnectionStatus.Connected, "to be connected");
    }
}
