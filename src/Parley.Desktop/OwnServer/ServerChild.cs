using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Client.Connection;

namespace Parley.Desktop.OwnServer;

/// <summary>
/// One run of the server's program as a child of this process. It ends in order when its standard input does, and the system closes that however this
/// process dies: it is never left behind with the port and the data.
/// </summary>
internal sealed partial class ServerChild : IAsyncDisposable
{
    // A server needs at most five seconds to finish what it has (docs/self-hosting.md); whoever waits for it waits no longer than this.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan TimeToListen = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly TaskCompletionSource<Match> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerChild(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    internal int Port { get; private set; }

    /// <summary>Its certificate, as it printed it.</summary>
    internal Fingerprint? Fingerprint { get; private set; }

    /// <summary>The last line of its log.</summary>
    internal string? LastWord { get; private set; }

    /// <summary>Ends when it has ended.</summary>
    internal Task Ended => _process.WaitForExitAsync();

    /// <summary>Starts it and waits until it accepts connections.</summary>
    /// <returns>The child; one that has ended where it did not come up, with its last word.</returns>
    internal static async Task<ServerChild> StartAsync(ServerProgram program, string folder, int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program.File)
        {
            WorkingDirectory = folder, // Its data and its certificate lie there.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        string[] arguments = [.. program.Arguments, "--host", "0.0.0.0", "--port", port.ToString(CultureInfo.InvariantCulture), "--end-with-input"];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var child = new ServerChild(new Process { StartInfo = start });
        await child.RunAsync(cancellationToken);
        return child;
    }

    /// <summary>Ends it in order, by force where that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            try
            {
                await _process.WaitForExitAsync().WaitAsync(TimeToEnd);
            }
            catch (TimeoutException)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => LastWord = string.IsNullOrWhiteSpace(line.Data) ? LastWord : line.Data;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Task.WhenAny(_listening.Task, Ended).WaitAsync(TimeToListen, cancellationToken);
        if (!_listening.Task.IsCompletedSuccessfully)
            return;
        var match = await _listening.Task;
        Port = int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture);
        Fingerprint = Fingerprint.Parse(match.Groups["fingerprint"].Value);
    }

    private void Hear(string? line)
    {
        if (line is not null && Listening().Match(line) is { Success: true } match)
            _listening.TrySetResult(match);
    }

    [GeneratedRegex(@"^Listening on \S+:(?<port>\d+) \(TLS, SHA-256 (?<fingerprint>[0-9A-Fa-f:]+)\)")]
    private static partial Regex Listening();
}
