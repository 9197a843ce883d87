using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>Every command type and the way it takes. Features add their lines (Features/FeatureList.cs); nothing is found by scanning.</summary>
internal sealed class CommandTable
{
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    public Route? Find(string type) => _routes.GetValueOrDefault(type);

    public CommandTable Write<TCommand>(string type, JsonTypeInfo<TCommand> typeInfo, IWriteHandler<TCommand> handler, Access access = Access.Member, Cost cost = Cost.Free)
        where TCommand : Command => Add(type, new WriteRoute<TCommand>(typeInfo, access, cost, handler));

    public CommandTable Read<TCommand>(string type, JsonTypeInfo<TCommand> typeInfo, IReadHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command => Add(type, new ReadRoute<TCommand>(typeInfo, access, handler));

    public CommandTable Steps<TCommand>(string type, JsonTypeInfo<TCommand> typeInfo, IStepsHandler<TCommand> handler, Access access)
        where TCommand : Command => Add(type, new StepsRoute<TCommand>(typeInfo, access, handler));

    private CommandTable Add(string type, Route route)
    {
        _routes.Add(type, route); // Two ways for one type: an exception at start-up.
        return this;
    }
}
