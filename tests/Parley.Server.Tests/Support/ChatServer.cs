using System.Globalization;

namespace Parley.Server.Tests.Support;

/// <summary>
/// A real server process, shared by the tests of a class or a collection, with accounts enough that each test has people of its own: <see cref="NewName"/>.
/// </summary>
public abstract class ChatServer(params string[] options) : IAsyncLifetime
{
    private const int Accounts = 600;

    private readonly TempFolder _folder = new();
    private ServerProcess? _process;
    private int _names;
    private int _channels;

    public ServerProcess Process => _process ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>A person that no other test uses; the account is there.</summary>
    public string NewName()
    {
        var number = Interlocked.Increment(ref _names);
        Assert.True(number <= Accounts, "More people than accounts: raise ChatServer.Accounts.");
        return NameOf(number);
    }

    /// <summary>A channel name that no other test uses; the channel is not there.</summary>
    public string NewChannelName() => string.Create(CultureInfo.InvariantCulture, $"room-{Interlocked.Increment(ref _channels)}");

    /// <summary>A user name that no other test uses; there is no such account.</summary>
    public string NewFreeName() => string.Create(CultureInfo.InvariantCulture, $"fresh_{Interlocked.Increment(ref _channels)}");

    public async ValueTask InitializeAsync()
    {
        using (var database = new PredecessorDatabase(_folder["chat_data.db"]))
        {
            database.AddUsers(Enumerable.Range(1, Accounts).Select(NameOf));
            database.AddUsers(["Bob", "alice", "Zoe", "_x_", "dave"]);
        }

        _process = await ServerProcess.StartInAsync(_folder.Path, options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"User_{number:000}");
}

/// <summary>No limits: for all that is not about limits.</summary>
public sealed class UnlimitedServer() : ChatServer("--no-tls", "--no-limits");

/// <summary>As a server is that nobody gave options to, but for TLS.</summary>
public sealed class LimitedServer() : ChatServer("--no-tls");

[CollectionDefinition(Name)]
public sealed class Level1Server : ICollectionFixture<UnlimitedServer>
{
    public const string Name = "Level 1";
}

[CollectionDefinition(Name)]
public sealed class FramingServer : ICollectionFixture<UnlimitedServer>
{
    public const string Name = "Framing";
}

[CollectionDefinition(Name)]
public sealed class Level2Server : ICollectionFixture<UnlimitedServer>
{
    public const string Name = "Level 2";
}
