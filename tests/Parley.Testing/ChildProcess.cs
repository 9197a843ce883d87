using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Parley.Testing;

/// <summary>A program of ours (or a tool of a test's) as a process of its own: its lines are kept, and it never outlives the test that started it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ProcessOutput _output = new();
    private readonly ProcessOutput _error = new();
    private readonly string _commandLine;
    private int? _exitCode;
    private bool _disposed;

    private ChildProcess(ProcessStartInfo start)
    {
        _commandLine = string.Join(' ', [start.FileName, .. start.ArgumentList]);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => _output.Add(e.Data);
        _process.ErrorDataReceived += (_, e) => _error.Add(e.Data);
        AppDomain.CurrentDomain.ProcessExit += KillQuietly;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it printed on standard output so far.</summary>
    public IReadOnlyList<string> OutputLines => _output.Lines;

    /// <summary>What it printed on standard error so far.</summary>
    public IReadOnlyList<string> ErrorLines => _error.Lines;

    public int Id => _process.Id;

    public bool HasExited => _exitCode is not null || _process.HasExited;

    /// <summary>Starts <paramref name="file"/>; a .dll is started by the dotnet of this test.</summary>
    public static ChildProcess Start(
        string file, IEnumerable<string> args, string workingFolder, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (file.EndsWith(".dll", StringComparison.Ordinal))
        {
            start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            start.ArgumentList.Add(file);
        }
        else
        {
            start.FileName = file;
        }

        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        // Nobody but the test says what the child's environment is: a developer's settings do not change what is tested.
        start.Environment.Remove("ASPNETCORE_URLS");
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new ChildProcess(start);
    }

    /// <summary>Waits for the first line of standard output that <paramref name="chosen"/> accepts; fails at once where the process ends without one.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> chosen, string waitingFor, TimeSpan? deadline = null)
    {
        var line = await Eventually.NotNullAsync(
            () => _output.Lines.FirstOrDefault(chosen) ?? (_output.IsClosed ? "" : null), waitingFor, deadline, Describe);
        return line.Length > 0 ? line : throw new InvalidOperationException($"It ended without {waitingFor}: {Describe()}");
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>What happens to its input when whoever started it has died.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    public void Signal(PosixSignalNumber signal) => Signal(_process.Id, signal);

    /// <summary>The same for a process that the tests did not start themselves.</summary>
    /// <returns>Whether it was there to hear.</returns>
    public static bool Signal(int processId, PosixSignalNumber signal) => NativeMethods.Kill(processId, (int)signal) == 0;

    /// <summary>Waits until the process ended and all its output is read; returns its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? deadline = null)
    {
        await Deadline.WithinAsync(ExitAsync(), () => $"the end of {Describe()}", deadline);
        return _exitCode ??= _process.ExitCode;

        async Task<bool> ExitAsync()
        {
            await _process.WaitForExitAsync();
            return true;
        }
    }

    /// <summary>The command and all that it said: what a failing test wants to show.</summary>
    public string Describe() =>
        $"{_commandLine}{(_exitCode is { } code ? $" (exit code {code})" : "")}\n"
        + $"--- standard output\n{string.Join('\n', _output.Lines)}\n--- standard error\n{string.Join('\n', _error.Lines)}\n---";

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        AppDomain.CurrentDomain.ProcessExit -= KillQuietly;
        KillQuietly(null, EventArgs.Empty);
        await WaitForExitAsync();
        _process.Dispose();
    }

    private void KillQuietly(object? sender, EventArgs e)
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Kill(int processId, int signal);
    }
}

/// <summary>The signals that tests send (signal(7), Linux; on macOS the last two have other numbers).</summary>
public enum PosixSignalNumber
{
    HangUp = 1,
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
