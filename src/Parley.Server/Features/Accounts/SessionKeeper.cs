using Parley.Server.Connections;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>A connection that stands uses its session: twice an hour the sessions of all connections are prolonged, in one write.</summary>
internal sealed class SessionKeeper(SessionConnections sessions, ServerParts parts) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(30);

    private ITimer? _timer;

    public void Start() => _timer = parts.Time.CreateTimer(_ => parts.WriteQueue.Post(new Prolonging(sessions.All(), parts.Time)), null, Pace, Pace);

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
    }

    private sealed class Prolonging(IReadOnlyList<long> ids, TimeProvider time) : WriteItem
    {
        public override bool Run(StoreConnection transaction)
        {
            var now = Protocol.Wire.WireTime.ToMicroseconds(time.GetUtcNow());
            foreach (var id in ids)
                SessionStore.Prolong(transaction, id, now);
            return true;
        }
    }
}
