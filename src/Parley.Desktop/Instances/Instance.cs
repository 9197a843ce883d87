using System.Diagnostics;
using Parley.Client.Connection;
using Parley.Desktop.CommandLine;
using Parley.Desktop.Profiles;
using Parley.Desktop.Windows;

namespace Parley.Desktop.Instances;

/// <summary>One program a profile: two would write the same files. A second start hands over to the first one and ends.</summary>
internal sealed class Instance : IDisposable
{
    // The first one may be starting, or ending; one that does not answer for longer than this hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ProfileLock _lock;
    private readonly InstanceSocket? _socket;

    private Instance(ProfileLock taken, ProfileFolder folder)
    {
        _lock = taken;
        _socket = InstanceSocket.TryListen(folder);
    }

    /// <summary>Becomes the program of this profile, or hands over to the one that is: then the answer is the exit code.</summary>
    internal static async Task<(Instance? First, int ExitCode)> StartAsync(ProfileFolder folder, DesktopOptions options)
    {
        var question = new SecondStart(options.Server?.ToString(), options.Trust?.Hex, options.Window == WindowKind.None, StartupId());
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Pause))
        {
            if (ProfileLock.TryTake(folder) is { } taken)
                return (new Instance(taken, folder), 0);
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                if (await InstanceSocket.TryAskAsync(folder, question, patience.Token) is { } answer)
                    return (null, Tell(answer, options));
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Console.Error.WriteLineAsync(
            $"parley: Another Parley uses profile '{options.Profile}' and does not answer. End it, or use another profile (--profile NAME).");
        return (null, 1);
    }

    /// <summary>Answers further starts from now on: takes the server that they bring, and brings the window up.</summary>
    internal void Serve(AppWindow window, FileProfile profile, Action<ServerAddress> ask, Func<Uri> newAddress)
    {
        if (_socket is not null)
            _socket.ServeAsync(Answer).ReportFault();

        FirstAnswer Answer(SecondStart question)
        {
            if (ServerAddress.TryParse(question.Server ?? "") is { } server)
                profile.StartWith(server);
            if (Fingerprint.Parse(question.Trust ?? "") is { } pin && profile.LastServer is { } last)
                profile.SavePin(last, pin);
            if (question.Server is not null && profile.LastServer is { } wanted)
                ask(wanted);
            return new FirstAnswer(question.WantsAddress || !window.BringUp(question.StartupId) ? newAddress().AbsoluteUri : null);
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _lock.Dispose();
    }

    private static int Tell(FirstAnswer answer, DesktopOptions options)
    {
        Console.Out.WriteLine(answer.Address is { } address
            ? $"Parley is at {address}"
            : $"Parley is open with profile '{options.Profile}': its window comes to the front. (--profile NAME opens another.)");
        return 0;
    }

    private static string? StartupId() =>
        Environment.GetEnvironmentVariable("XDG_ACTIVATION_TOKEN") ?? Environment.GetEnvironmentVariable("DESKTOP_STARTUP_ID");
}
