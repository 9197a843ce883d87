namespace Parley.Server.Tests;

/// <summary><c>--end-with-input</c>: a server that a program started does not outlive it, however that ended.</summary>
public sealed class EndOfInputTests
{
    [Fact]
    public async Task It_ends_in_order_when_its_input_ends()
    {
        using var folder = new TempFolder();
        await using var server = Start(folder, "--end-with-input");
        await server.WaitForLineAsync(Listens, "the line that it listens");

        server.CloseInput();

        Assert.Equal(0, await server.WaitForExitAsync());
        Assert.False(File.Exists(folder["chat_data.db.sock"]));
    }

    [Fact]
    public async Task Without_the_option_its_input_does_not_matter()
    {
        using var folder = new TempFolder();
        await using var server = Start(folder);
        var line = await server.WaitForLineAsync(Listens, "the line that it listens");

        server.CloseInput();

        await using var peer = await RawPeer.ConnectAsync("127.0.0.1", int.Parse(line.Split(':', ' ')[3], System.Globalization.CultureInfo.InvariantCulture));
        await peer.RegisterAsync("alice");
    }

    private static bool Listens(string line) => line.StartsWith("Listening on ", StringComparison.Ordinal);

    private static ChildProcess Start(TempFolder folder, params string[] args) =>
        ChildProcess.Start(ServerProcess.Program, ["--port", "0", "--no-tls", .. args], folder.Path);
}
