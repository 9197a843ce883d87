using Parley.Client.Connection;

namespace Parley.Client.Tests.Support;

/// <summary>A real server process that the tests of one class share.</summary>
public abstract class RealServer(params string[] options) : IAsyncLifetime
{
    private ServerProcess? _process;
    private int _names;

    public ServerProcess Process => _process ?? throw new InvalidOperationException("The server has not been started.");

    public ServerAddress Address => new(Process.Host, Process.Port, Process.UsesTls);

    public async ValueTask InitializeAsync() => _process = await ServerProcess.StartAsync(options);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A user name that no other test uses.</summary>
    public string NewName() => $"user_{Interlocked.Increment(ref _names)}";

    /// <summary>A channel name that no other test uses.</summary>
    public string NewChannelName() => $"room-{Interlocked.Increment(ref _names)}";

    /// <summary>A new account, logged in.</summary>
    internal Task<TestClient> RegisterAsync(string? name = null, ServerAddress? through = null, ChatClientOptions? options = null)
    {
        Assert.False(Process.HasExited, $"The server has ended. {Process.Describe()}");
        return TestClient.RegisterAsync(through ?? Address, name ?? NewName(), options);
    }
}

/// <summary>No TLS, no limits: for all that is not about them.</summary>
public sealed class UnlimitedServer() : RealServer("--no-tls", "--no-limits");

/// <summary>With the limits that a server has by itself.</summary>
public sealed class LimitedServer() : RealServer("--no-tls");

/// <summary>With TLS, as a server is that nobody gave options to.</summary>
public sealed class TlsServer() : RealServer("--no-limits");
