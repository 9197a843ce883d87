using System.Net.Sockets;
using System.Text;

namespace Parley.Server.Tests.Admin;

/// <summary>The socket that the operator's commands go by.</summary>
public sealed class AdminSocketTests
{
    [Fact]
    public async Task It_is_its_owners_alone_and_goes_with_the_server()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var path = $"{server.DatabasePath}.sock";

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        await server.TerminateAsync();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task What_a_killed_server_left_behind_is_in_nobodys_way()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        await (await server.ConnectLevel1Async("alice")).DisposeAsync();
        await server.KillAsync();

        Assert.Single(await Operator.AskAsync(server.Folder, "users", "list"));
        await server.RestartAsync();
        Assert.Single(await Operator.AskAsync(server.Folder, "users", "list"));
    }

    [Fact]
    public async Task By_a_link_to_the_database_the_same_server_is_found()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        await (await server.ConnectLevel1Async("alice")).DisposeAsync();
        File.CreateSymbolicLink(Path.Combine(server.Folder, "link.db"), server.DatabasePath);

        Assert.Single(await Operator.AskAsync(server.Folder, "users", "list", "--db", "link.db"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"command\":7}")]
    [InlineData("{\"command\":\"users.ban\",\"name\":\"\\ud800\"}")]
    [InlineData("{}")]
    public async Task What_is_no_request_is_refused_and_the_next_one_is_heard(string line)
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        using var socket = await ConnectAsync(server);

        var refused = await AskAsync(socket, line);
        var heard = await AskAsync(socket, "{\"command\":\"owner\"}");

        Assert.StartsWith("{\"ok\":false,\"text\":\"", refused, StringComparison.Ordinal);
        Assert.Equal("{\"ok\":true,\"text\":\"Nobody owns this server.\"}", heard);
    }

    [Fact]
    public async Task A_line_without_end_is_cut_off_and_those_who_say_nothing_shut_nobody_out_for_long()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        using var endless = await ConnectAsync(server);
        await endless.SendAsync(new byte[5_000], TestContext.Current.CancellationToken);
        var silent = new List<Socket>();
        for (var i = 0; i < 7; i++)
            silent.Add(await ConnectAsync(server));

        Assert.True(await HasEndedAsync(endless));
        Assert.Single(await Operator.DoAsync(server.Folder, "owner"));
        silent.ForEach(s => s.Dispose());
        Assert.Equal(0, await server.TerminateAsync());
    }

    // In order, or by a reset where the server has not read all that was sent.
    private static async Task<bool> HasEndedAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline.Default) == 0;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    private static async Task<Socket> ConnectAsync(ServerProcess server)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint($"{server.DatabasePath}.sock"), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> AskAsync(Socket socket, string line)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
        var buffer = new byte[10_000];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline.Default);
        return Encoding.UTF8.GetString(buffer, 0, received).TrimEnd('\n');
    }
}
