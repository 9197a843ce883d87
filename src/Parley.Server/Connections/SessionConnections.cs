using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>Which connections a session has, so that its end ends them all.</summary>
internal sealed class SessionConnections
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, List<Connection>> _connections = [];

    public void Add(long session, Connection connection)
    {
        lock (_gate)
        {
            if (!_connections.TryGetValue(session, out var list))
                _connections.Add(session, list = []);
            list.Add(connection);
        }
    }

    public void Remove(Connection connection)
    {
        lock (_gate)
        {
            if (connection.Receiver.Identity is not { SessionId: var session })
                return;
            if (_connections.TryGetValue(session, out var list) && list.Remove(connection) && list.Count == 0)
                _connections.Remove(session);
        }
    }

    /// <summary>The connection belongs to another session of the same user from now on.</summary>
    public void Move(Connection connection, Identity to)
    {
        Remove(connection);
        connection.Receiver.Identity = to;
        Add(to.SessionId, connection);
    }

    /// <summary>Whether a session has a connection now.</summary>
    public bool IsConnected(long session)
    {
        lock (_gate)
            return _connections.ContainsKey(session);
    }

    /// <summary>Closes all connections of a session that has ended.</summary>
    public void Close(long session, Closing closing)
    {
        Connection[] its;
        lock (_gate)
            its = _connections.TryGetValue(session, out var list) ? [.. list] : [];
        foreach (var connection in its)
            connection.Close(closing);
    }

    /// <summary>The sessions that have connections.</summary>
    public IReadOnlyList<long> All()
    {
        lock (_gate)
            return [.. _connections.Keys];
    }
}
