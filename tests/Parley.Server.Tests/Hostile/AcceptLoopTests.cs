using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Hostile;

/// <summary>Whatever goes wrong while one connection is accepted, the next one is.</summary>
public sealed class AcceptLoopTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Limits.CapturingLog _log = new();
    private int _asked;

    [Fact]
    public async Task What_is_no_fault_of_a_socket_does_not_end_it_either()
    {
        using var stopping = new CancellationTokenSource();
        var served = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var accepted = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var loop = new AcceptLoop(_clock, _log).RunAsync(
            async cancellation => Interlocked.Increment(ref _asked) switch
            {
                1 => throw new InvalidOperationException("Something that nobody thought of."),
                2 => throw new NotSupportedException(),
                3 => accepted,
                _ => await ForeverAsync(cancellation),
            },
            served.SetResult,
            stopping.Token);

        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(50));
                return served.Task.IsCompleted;
            },
            "the third connection");

        Assert.Same(accepted, await served.Task);
        Assert.Contains("nobody thought of", Assert.Single(_log.Lines), StringComparison.Ordinal);
        await stopping.CancelAsync();
        await loop.WaitAsync(Deadline.Default);
    }

    [Fact]
    public async Task Where_there_are_too_many_open_files_it_takes_a_breath_between_tries_and_says_so_once()
    {
        using var stopping = new CancellationTokenSource();
        var loop = new AcceptLoop(_clock, _log).RunAsync(
            _ =>
            {
                Interlocked.Increment(ref _asked);
                throw new SocketException((int)SocketError.TooManyOpenSockets);
            },
            _ => { },
            stopping.Token);

        for (var tries = 1; tries < 20; tries++)
        {
            var expected = tries;
            await Eventually.TrueAsync(() => Volatile.Read(ref _asked) >= expected, "a try");
            Assert.Equal(tries, _asked); // No second one before time goes on.
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Contains("TooManyOpenSockets", Assert.Single(_log.Lines), StringComparison.Ordinal);
        await stopping.CancelAsync();
        await loop.WaitAsync(Deadline.Default); // The clock stands still: a stop does not wait for the breath.
    }

    private static Task<Socket> ForeverAsync(CancellationToken cancellation) => new TaskCompletionSource<Socket>().Task.WaitAsync(cancellation);
}
