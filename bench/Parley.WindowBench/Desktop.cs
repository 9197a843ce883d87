using System.Diagnostics;
using System.Text.Json;
using Parley.Client.Connection;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>The desktop with a profile that is logged in, in its own window or behind an address.</summary>
internal sealed class Desktop : IAsyncDisposable
{
    /// <summary>A part of the window's title once the first channel is drawn.</summary>
    internal const string Title = "general";

    // What the window is called from the first moment on.
    private const string ProgramName = "Parley";

    private const string AddressLine = "Parley is at ";

    private readonly Screen _screen;
    private readonly string _program;
    private ChildProcess? _process;

    private Desktop(Screen screen, string program) => (_screen, _program) = (screen, program);

    internal bool IsOpen => _process is not null;

    internal int ProcessId => _process?.Id ?? throw new InvalidOperationException("The desktop does not run.");

    internal static async Task<Desktop> PrepareAsync(string program, Screen screen, string data, ServerAddress server, Session session)
    {
        var profile = Path.Combine(data, "parley", "profiles", "default");
        Directory.CreateDirectory(profile);
        var known = new { host = server.Host, port = server.Port, useTls = server.UseTls, username = session.Username };
        await File.WriteAllTextAsync(Path.Combine(profile, "settings.json"),
            JsonSerializer.Serialize(new { servers = new[] { known }, lastServer = known, lastUsername = session.Username }));
        await File.WriteAllTextAsync(Path.Combine(profile, "sessions.json"),
            JsonSerializer.Serialize(
                new { sessions = new Dictionary<string, object> { [server.ToString()] = new { username = session.Username, token = session.Token } } }));
        return new Desktop(screen, program);
    }

    /// <summary>Opens the window and waits until it can be used: the interface has drawn the channel and named the window after it.</summary>
    internal async Task<TimeSpan> OpenAsync()
    {
        var clock = Stopwatch.StartNew();
        _process = _screen.Start(_program, "--window", "webkit");
        string? window;
        while ((window = await _screen.FindWindowAsync(ProgramName)) is null)
        {
            if (_process.HasExited || clock.Elapsed > TimeSpan.FromSeconds(60))
                throw new InvalidOperationException(_process.Describe());
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        // Asking again and again for the title took most of a core, which the start wants for itself.
        await using var titles = _screen.WatchTitle(window);
        await titles.WaitForLineAsync(line => line.Contains(Title, StringComparison.Ordinal), "the channel's name in the title");
        return clock.Elapsed;
    }

    /// <summary>Starts without a window; the address opens once, in any browser.</summary>
    internal async Task<Uri> ServeAsync()
    {
        _process = _screen.Start(_program, "--window", "none");
        var line = await _process.WaitForLineAsync(line => line.StartsWith(AddressLine, StringComparison.Ordinal), "the address");
        return new Uri(line[AddressLine.Length..]);
    }

    internal async Task CloseAsync()
    {
        if (_process is null)
            return;
        _process.Signal(PosixSignalNumber.Terminate);
        await _process.WaitForExitAsync();
        await _process.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
