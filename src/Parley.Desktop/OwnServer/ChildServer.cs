using System.ComponentModel;
using Parley.Client.Connection;
using Parley.Desktop.Profiles;
using Parley.UI.Features.OwnServer;

namespace Parley.Desktop.OwnServer;

/// <summary>The person's own server, as a child process whose data lie in the profile's folder.</summary>
internal sealed class ChildServer(FileProfile profile, ProfileFolder folder) : IOwnServer, IAsyncDisposable
{
    private const int PortsToTry = 20;

    // After a desktop that was killed its server ends by itself, which takes a moment: so long another start waits for the port and the data. As long a
    // first start looks for a port.
    private static readonly TimeSpan TimeForTheFormerOne = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(400);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private volatile OwnServerState _state = new OwnServerState.Stopped();
    private ServerChild? _child;

    public event Action? Changed;

    public OwnServerState State => _state;

    public ServerAddress? Address => profile.OwnServer is { } kept ? AddressOf(kept.Port) : null;

    /// <summary>Whether it is to run whenever the program does.</summary>
    internal bool IsWanted => profile.OwnServer is { IsWanted: true };

    /// <summary>Where its data are.</summary>
    internal string Database => Path.Combine(folder.Folder("server"), "chat_data.db");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_state is OwnServerState.Running)
                return;
            Become(new OwnServerState.Starting());
            Become(await TryAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            Become(new OwnServerState.Stopped());
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async Task StopAsync()
    {
        await _oneAtATime.WaitAsync(CancellationToken.None);
        try
        {
            if (profile.OwnServer is { } kept)
                profile.KeepOwnServer(kept with { IsWanted = false });
            await EndAsync();
            Become(new OwnServerState.Stopped());
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>The program ends, and the server with it; whether it is wanted stays as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await _oneAtATime.WaitAsync(CancellationToken.None);
        await EndAsync();
    }

    private static ServerAddress AddressOf(int port) => new("127.0.0.1", port);

    private async Task<OwnServerState> TryAsync(CancellationToken cancellationToken)
    {
        if (ServerProgram.Find() is not { } program)
            return new OwnServerState.Failed(OwnServerProblem.NoProgram, null);
        var data = folder.Folder("server");
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Friends know the port: it is chosen once.
            var port = profile.OwnServer?.Port ?? LocalNetwork.FreePort(ServerAddress.DefaultPort, PortsToTry);
            string? lastWord;
            try
            {
                var child = await ServerChild.StartAsync(program, data, port, cancellationToken);
                if (child.Fingerprint is { } fingerprint)
                    return Take(child, fingerprint);
                lastWord = child.LastWord;
                await child.DisposeAsync();
            }
            catch (Exception failed) when (failed is Win32Exception or TimeoutException)
            {
                return new OwnServerState.Failed(OwnServerProblem.Ended, failed.Message);
            }

            // What was free a moment ago may be taken: then there is a next one.
            var mayHelp = profile.OwnServer is not null || !LocalNetwork.IsFree(port);
            if (!mayHelp || TimeProvider.System.GetElapsedTime(started) > TimeForTheFormerOne)
                return new OwnServerState.Failed(OwnServerProblem.Ended, lastWord);
            await Task.Delay(BetweenTries, cancellationToken);
        }
    }

    private OwnServerState.Running Take(ServerChild child, Fingerprint fingerprint)
    {
        _child = child;
        profile.KeepOwnServer(new KeptServer(child.Port, IsWanted: true));
        NoticeTheEndAsync(child).ReportFault();
        return new OwnServerState.Running(child.Port, fingerprint, LocalNetwork.Addresses());
    }

    private async Task NoticeTheEndAsync(ServerChild child)
    {
        await child.Ended;
        if (_child == child && _state is OwnServerState.Running)
            Become(new OwnServerState.Failed(OwnServerProblem.Ended, child.LastWord));
    }

    private async Task EndAsync()
    {
        if (_child is not { } child)
            return;
        _child = null;
        await child.DisposeAsync();
    }

    private void Become(OwnServerState state)
    {
        _state = state;
        Changed?.Invoke();
    }
}
