using System.Net.Sockets;

namespace Parley.Server.Transport;

/// <summary>Accepts, again and again, whatever goes wrong in between: only the server's stop ends it.</summary>
internal sealed partial class AcceptLoop(TimeProvider time, ILogger logger)
{
    // Out of descriptors, or a peer that left between two packets: the next one may be luckier, after a breath. Without it the loop would take a core.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    // What goes on failing is told this often.
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private long? _told;

    /// <param name="accept">Waits for the next connection.</param>
    /// <param name="serve">Owns what it is given, and does not throw.</param>
    /// <param name="stopping">Ends the loop.</param>
    public async Task RunAsync(Func<CancellationToken, ValueTask<Socket>> accept, Action<Socket> serve, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                serve(await accept(stopping));
            }
            catch (Exception e) when (stopping.IsCancellationRequested && e is (OperationCanceledException or ObjectDisposedException or SocketException))
            {
                return;
            }
#pragma warning disable CA1031 // A server that accepts nobody any more is worse than whatever this is.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Tell(e);
                await Task.Delay(Breath, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Tell(Exception fault)
    {
        if (_told is { } last && time.GetElapsedTime(last) < BetweenLines)
            return;
        _told = time.GetTimestamp();
        if (fault is SocketException { SocketErrorCode: var error })
            Log.AcceptFailed(logger, error);
        else
            Log.AcceptBroke(logger, fault);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Warning, Message = "A connection could not be accepted: {Error}.")]
        public static partial void AcceptFailed(ILogger logger, SocketError error);

        [LoggerMessage(EventId = 1004, Level = LogLevel.Error, Message = "A connection could not be accepted.")]
        public static partial void AcceptBroke(ILogger logger, Exception exception);
    }
}
