using Parley.Server.Storage;

namespace Parley.Server.Admin;

/// <summary>The operator's commands by their names.</summary>
internal sealed partial class AdminTable(IEnumerable<IAdminCommand> commands, ILogger logger)
{
    private readonly Dictionary<string, IAdminCommand> _commands = commands.ToDictionary(c => c.Name, StringComparer.Ordinal);

    public async Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        if (request.Command is not { } name || !_commands.TryGetValue(name, out var command))
            return AdminAnswer.Refuse("There is no such command. Is the server's version another one than this program's?");
        try
        {
            return await command.RunAsync(request, data, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.CommandFailed(logger, e, command.Name);
            return AdminAnswer.Refuse(Database.IsFault(e) ? $"The database cannot do that now ({e.Message.TrimEnd('.')})." : "Something went wrong; the " +
                "server's log has the details.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "The operator's command {Command} failed.")]
        public static partial void CommandFailed(ILogger logger, Exception exception, string command);
    }
}
