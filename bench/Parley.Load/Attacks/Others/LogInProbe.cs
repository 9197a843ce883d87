using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HdrHistogram;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Others;

/// <summary>Somebody who comes in again and again while others attack, one time after the other: how long it takes until the first screen is there.</summary>
/// <param name="run">Where to.</param>
/// <param name="name">Of its figures.</param>
/// <param name="account">Whose account.</param>
/// <param name="byPassword">By password, or by token.</param>
/// <param name="from">From which address the n-th time.</param>
/// <param name="delay">Until the first time, so that two of them do not wait for each other.</param>
internal sealed class LogInProbe(Run run, string name, long account, bool byPassword, Func<int, IPAddress> from, TimeSpan delay)
{
    // A password costs the server a third of a second of a core, which is not to be what is measured.
    private readonly TimeSpan _pause = TimeSpan.FromSeconds(byPassword ? 2 : 0.5);
    private readonly LongHistogram _latencies = Latency.NewHistogram();
    private int _tries;
    private int _refused;
    private int _failed;
    private string? _refusal;
    private long _pendingSince;

    /// <summary>Comes in once, before the attack, as people do.</summary>
    public async Task ComeInAsync(CancellationToken cancel)
    {
        if (await TryAsync(cancel) is { } refusal)
            throw new IOException($"The server does not let '{Account.Name(account)}' in: {refusal}");
    }

    public async Task RunAsync(CancellationToken stop)
    {
        await Task.Delay(delay, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Volatile.Write(ref _pendingSince, Stopwatch.GetTimestamp());
                await OnceAsync(stop);
                Volatile.Write(ref _pendingSince, 0);
                await Task.Delay(_pause, stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
    }

    /// <summary>Tells all; a login that was not through when the attack ended counts with the time that it had taken by then.</summary>
    public void AddTo(Figures figures)
    {
        if (_pendingSince != 0)
            _latencies.RecordTicks(Stopwatch.GetTimestamp() - _pendingSince);
        figures.Add(name + "_tries", _tries).Add(name + "_p50_ms", _latencies.Milliseconds(50)).Add(name + "_p99_ms", _latencies.Milliseconds(99))
            .Add(name + "_max_ms", _latencies.Milliseconds(100)).Add(name + "_unfinished", _pendingSince == 0 ? 0 : 1).Add(name + "_failed", _failed)
            .Add(name + "_refused", _refused).Add(name + "_refusal", _refusal);
    }

    private async Task OnceAsync(CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            if (await TryAsync(stop) is { } refusal)
            {
                _refused++;
                _refusal = refusal;
            }
            else
            {
                _latencies.RecordTicks(Stopwatch.GetTimestamp() - begun);
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            _failed++;
            _refusal = e.Message;
        }
    }

    /// <returns>The words of a refusal; null where it is in.</returns>
    private async Task<string?> TryAsync(CancellationToken stop)
    {
        var connection = await run.ConnectAsync(socket => new ParleyConnection(socket), stop, from(_tries++));
        try
        {
            if (!byPassword)
                return ParleyConnection.Refusal(await HelloAsync(Account.Token(account)))?.Message;
            await HelloAsync(null);
            var ready = connection.ExpectAsync("ready", stop);
            var answer = await connection.AskAsync(new LogIn(Account.Name(account), Account.Password), ProtocolJson.Default.LogIn, stop);
            if ((ParleyConnection.Refusal(answer)?.Message ?? JsonSerializer.Deserialize(answer, ProtocolJson.Default.AuthResult)?.Error) is { } refusal)
                return refusal;
            await ready;
            return null;
        }
        finally
        {
            connection.End();
        }

        Task<byte[]> HelloAsync(string? token) => connection.AskAsync(new Hello(token, StoredData.ClientName), ProtocolJson.Default.Hello, stop);
    }
}
