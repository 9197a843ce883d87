using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>Routes by the command's name. Features add theirs (Features/FeatureList.cs); nothing is found by scanning.</summary>
internal sealed class CommandTable(IReadOnlyDictionary<string, Cost> costs)
{
    private readonly Dictionary<string, Route> _routes = new(StringComparer.Ordinal);

    /// <summary>The routes, by the command's name.</summary>
    public IReadOnlyDictionary<string, Route> Routes => _routes;

    public CommandTable Write<TCommand>(string name, IWriteHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command =>
        Add(name, new QueuedRoute<TCommand>(access, handler, (command, asker) => new WriteCommandItem<TCommand>(handler, command, asker)));

    public CommandTable Say<TCommand>(string name, ISayHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command =>
        Add(name, new QueuedRoute<TCommand>(access, handler, (command, asker) => new SayCommandItem<TCommand>(handler, command, asker)));

    public CommandTable Read<TCommand>(string name, IReadHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command => Add(name, new ReadRoute<TCommand>(access, handler));

    public CommandTable HeldRead<TCommand>(string name, IHeldReadHandler<TCommand> handler)
        where TCommand : Command => Add(name, new HeldReadRoute<TCommand>(handler));

    public CommandTable Answer<TCommand>(string name, IAnswerHandler<TCommand> handler)
        where TCommand : Command => Add(name, new AnswerRoute<TCommand>(handler));

    public CommandTable EndSessions<TCommand>(string name, IEndSessionsHandler<TCommand> handler, SessionConnections sessions)
        where TCommand : Command => Add(name, new EndSessionsRoute<TCommand>(handler, sessions));

    public CommandTable Steps<TCommand>(string name, IStepsHandler<TCommand> handler, Access access = Access.Member)
        where TCommand : Command => Add(name, new StepsRoute<TCommand>(access, handler));

    /// <summary>A table for another door with some of the commands, by the same routes and at the same cost.</summary>
    public CommandTable Only(params ReadOnlySpan<string> names)
    {
        var some = new CommandTable(costs);
        foreach (var name in names)
            some._routes.Add(name, _routes[name]);
        return some;
    }

    /// <summary>A table for another door with all commands.</summary>
    public CommandTable Copy() => Only([.. _routes.Keys]);

    private CommandTable Add(string name, Route route)
    {
        route.Cost = costs[name]; // Throws at start-up where a command has no cost or two routes.
        _routes.Add(name, route);
        return this;
    }
}
