using System.Globalization;

namespace Parley.Server.Tests.Hostile;

/// <summary>A real server process in which many people have accounts, and get in without a slow hash each.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly TempFolder _folder;

    private Town(TempFolder folder, ServerProcess server) => (_folder, Server) = (folder, server);

    public ServerProcess Server { get; }

    public static Task<Town> StartAsync(params string[] args) => StartAsync(new Dictionary<string, string?>(), args);

    public static async Task<Town> StartAsync(IReadOnlyDictionary<string, string?> environment, params string[] args)
    {
        var folder = new TempFolder();
        using (var database = new PredecessorDatabase(folder["chat_data.db"]))
            database.AddUsers(Enumerable.Range(1, 30).Select(Name));
        return new Town(folder, await ServerProcess.StartInAsync(folder.Path, environment, args));
    }

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"User_{number:000}");

    public Task<RawPeer> ConnectAsync() => RawPeer.ConnectAsync(Server);

    public async Task<RawPeer> EnterAsync(int user)
    {
        var peer = await ConnectAsync();
        await peer.LogInLevel2Async(Name(user));
        return peer;
    }

    public async Task<RawPeer> EnterLevel1Async(int user)
    {
        var peer = await ConnectAsync();
        await peer.LogInAsync(Name(user));
        return peer;
    }

    /// <summary>What the server's process holds in memory now, in megabytes (proc(5), VmRSS).</summary>
    public long ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{Server.ProcessId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
