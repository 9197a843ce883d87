using System.Diagnostics.Metrics;
using Parley.Server.Events;
using Parley.Server.Features.Accounts;
using Parley.Server.Hosting;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Measuring;

/// <summary>
/// What is measured of a server: instruments of the meter <c>Parley.Server</c>, for whoever collects them, and all of them at once for <c>parley-server
/// status</c>. Nothing is written on the message path: what is asked for is looked at where it is.
/// </summary>
internal sealed class ServerMeters : IDisposable
{
    public const string Name = "Parley.Server";

    private readonly Meter _meter = new(Name);
    private readonly WriteQueue _writes;
    private readonly FanOut _fanOut;
    private readonly TimeProvider _time;
    private readonly ConnectionLimits _connections;
    private readonly PasswordHasher _hasher;
    private readonly long _started;

    public ServerMeters(WriteQueue writes, FanOut fanOut, ConnectionLimits connections, PasswordHasher hasher, TimeProvider time)
    {
        (_writes, _fanOut, _connections, _hasher, _time) = (writes, fanOut, connections, hasher, time);
        _started = time.GetTimestamp();
        _meter.CreateObservableGauge("parley.queue.depth", () => Queues.Select(q => Of(q.Depth, "queue", q.Name)), "{item}", "What waits in a queue.");
        _meter.CreateObservableGauge("parley.queue.oldest", () => Queues.Select(q => Of(q.OldestMilliseconds / 1_000, "queue", q.Name)), "s", "For how long the oldest has waited.");
        _meter.CreateObservableUpDownCounter(
            "parley.connections",
            () => new[] { Of(connections.Unauthenticated, "state", "unauthenticated"), Of(connections.Members, "state", "member") },
            "{connection}");
        _meter.CreateObservableCounter("parley.arrivals", () => connections.Arrivals, "{connection}", "Connections that logged in.");
        _meter.CreateObservableCounter("parley.costs.refused", () => connections.Spending.Refused, "{frame}", "Frames that were refused for what they cost.");
        _meter.CreateObservableCounter("parley.writes", () => new[] { Of(writes.Done, "outcome", "done"), Of(writes.Failed, "outcome", "failed") }, "{write}");
        _meter.CreateObservableCounter("parley.hashes", () => new[] { Of(hasher.Done, "outcome", "done"), Of(hasher.Refused, "outcome", "refused") }, "{password}");
        _meter.CreateObservableGauge("parley.waiting", () => fanOut.Waiting.Total, "By", "What waits for connections that are behind.");
        _meter.CreateObservableGauge("parley.long_frames", () => connections.LongFrames.Taken, "By", "Long frames that are under way.");
        _meter.CreateObservableCounter(
            "parley.slow_closed", () => fanOut.Waiting.ClosedConnections, "{connection}", "Connections that did not take what was sent.");
    }

    public ServerStatus Status() => new()
    {
        Server = ServerVersion.Text,
        UptimeSeconds = (long)_time.GetElapsedTime(_started).TotalSeconds,
        Unauthenticated = _connections.Unauthenticated,
        Members = _connections.Members,
        Addresses = _connections.Addresses,
        Arrivals = _connections.Arrivals,
        Queues = Queues,
        WritesDone = _writes.Done,
        WritesFailed = _writes.Failed,
        HashesDone = _hasher.Done,
        HashesRefused = _hasher.Refused,
        CostsRefused = _connections.Spending.Refused,
        WaitingBytes = _fanOut.Waiting.Total,
        LongFrameBytes = _connections.LongFrames.Taken,
        SlowClosed = _fanOut.Waiting.ClosedConnections,
        ResidentBytes = Environment.WorkingSet,
    };

    public void Dispose() => _meter.Dispose();

    private QueueStatus[] Queues =>
        [QueueStatus.Of("write", _writes.Waiting), QueueStatus.Of("fan-out", _fanOut.WaitingItems), QueueStatus.Of("hash", _hasher.Waiting)];

    private static Measurement<T> Of<T>(T value, string key, string tag)
        where T : struct => new(value, new KeyValuePair<string, object?>(key, tag));
}
