namespace Parley.Testing;

/// <summary>A display of its own for windows that nobody sees (Xvfb).</summary>
public sealed class VirtualDisplay : IAsyncDisposable
{
    /// <summary>In points.</summary>
    public const int Width = 1280;

    /// <inheritdoc cref="Width"/>
    public const int Height = 800;

    private readonly ChildProcess _server;

    private VirtualDisplay(ChildProcess server, string name) => (_server, Name) = (server, name);

    /// <summary>As in the environment variable DISPLAY.</summary>
    public string Name { get; }

    public static async Task<VirtualDisplay> StartAsync()
    {
        // The server picks a free number by itself and prints it. Without -noreset it would begin anew whenever its last program leaves: the keyboard that was
        // set is forgotten, and a window that opens in that moment finds no screen.
        var server = ChildProcess.Start(
            "Xvfb", ["-displayfd", "1", "-screen", "0", $"{Width}x{Height}x24", "-nolisten", "tcp", "-ac", "-noreset"], Path.GetTempPath());
        var number = await server.WaitForLineAsync(line => line.Length > 0 && line.All(char.IsAsciiDigit), "the number of the display");
        return new VirtualDisplay(server, $":{number}");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
