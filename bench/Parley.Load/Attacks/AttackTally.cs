using Parley.Load.Running;

namespace Parley.Load.Attacks;

/// <summary>What an attack did and what it was told, over all its connections; counted from any thread.</summary>
internal sealed class AttackTally
{
    private long _connections;
    private long _sent;
    private long _answers;
    private long _refusals;
    private long _closings;
    private long _closed;

    public long Connections => Volatile.Read(ref _connections);

    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Answers, but for refusals.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary><c>error</c>, and <c>auth_result</c> that says no.</summary>
    public long Refusals => Volatile.Read(ref _refusals);

    /// <summary><c>closing</c>: ends that were given a reason.</summary>
    public long Closings => Volatile.Read(ref _closings);

    /// <summary>Connections that ended while the attack went on.</summary>
    public long Closed => Volatile.Read(ref _closed);

    public void AddConnection() => Interlocked.Increment(ref _connections);

    public void AddSent(long count = 1) => Interlocked.Add(ref _sent, count);

    public void AddAnswer() => Interlocked.Increment(ref _answers);

    public void AddRefusal() => Interlocked.Increment(ref _refusals);

    public void AddClosing() => Interlocked.Increment(ref _closings);

    public void AddClosed() => Interlocked.Increment(ref _closed);

    public void AddTo(Figures figures) => figures
        .Add("connections", Connections).Add("asked", Sent).Add("answers", Answers).Add("refusals", Refusals).Add("closings", Closings).Add("closed", Closed);
}
