using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>Every command type, the way it takes and what it costs. Features add their lines (Features/FeatureList.cs); nothing is found by scanning.</summary>
internal sealed class CommandTable(IReadOnlyDictionary<string, Cost> costs)
{
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    /// <summary>Every command type that has a way.</summary>
    public IReadOnlyCollection<string> Types => _routes.Keys;

    public Route? Find(string type) => _routes.GetValueOrDefault(type);

    public CommandTable Write<TCommand>(string type, JsonTypeInfo<TCommand> typeInfo, IWriteHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command => Add(type, new WriteRoute<TCommand>(typeInfo, access, handler));

    public CommandTable Say<TCommand>(string type, JsonTypeInfo<TCommand> typeInfo, ISayHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command => Add(type, new SayRoute<TCommand>(typeInfo, access, handler));

    public CommandTable Read<TCommand>(string type, JsonTypeInfo<TCommand> typeInfo, IReadHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command => Add(type, new ReadRoute<TCommand>(typeInfo, access, handler));

    public CommandTable Steps<TCommand>(string type, JsonTypeInfo<TCommand> typeInfo, IStepsHandler<TCommand> handler, Access access)
        where TCommand : Command => Add(type, new StepsRoute<TCommand>(typeInfo, access, handler));

    private CommandTable Add(string type, Route route)
    {
        route.Cost = costs[type]; // One without a cost, or two ways for one type: an exception at start-up.
        _routes.Add(type, route);
        return this;
    }
}
