using Parley.Server.Connections;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// Prolongs the sessions that have a connection, twice an hour, a few hundred in a write. Each write is posted when the one before it is committed, so that no
/// round has more than one of them.
/// </summary>
internal sealed class SessionKeeper(SessionConnections sessions, WriteQueue writes, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(30);

    // The most in one write: messages go between the writes.
    private const int MostAtOnce = 200;

    private ITimer? _timer;

    public void Start() => _timer = clock.CreateTimer(_ => ProlongAll(), null, Pace, Pace);

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
    }

    private void ProlongAll()
    {
        var slices = sessions.All().Chunk(MostAtOnce).GetEnumerator();
        ProlongNext(slices);
    }

    private void ProlongNext(IEnumerator<long[]> slices)
    {
        if (slices.MoveNext())
            writes.Post(new Prolonging(slices.Current, clock) { Next = () => ProlongNext(slices) });
        else
            writes.Write(db => KnownAddresses.RemoveOld(db, Protocol.Wire.WireTime.ToMicroseconds(clock.GetUtcNow())));
    }

    private sealed class Prolonging(IReadOnlyList<long> ids, TimeProvider time) : WriteItem
    {
        public required Action Next { get; init; }

        public override void Posted() => Next();

        public override bool Run(DatabaseConnection transaction)
        {
            var now = Protocol.Wire.WireTime.ToMicroseconds(time.GetUtcNow());
            foreach (var id in ids)
                SessionStore.Prolong(transaction, id, now);
            return true;
        }
    }
}
