using System.CommandLine;
using Parley.Server.Hosting;
using Parley.Server.Storage.Postgres;

namespace Parley.Server.Maintenance;

/// <summary>The command line's words for keeping data safe.</summary>
internal static class MaintenanceCommands
{
    public static Option<string> DatabaseOption() => new("--db") { Description = "Database file.", DefaultValueFactory = _ => ServerOptions.DefaultDatabase };

    public static Command Backup()
    {
        var file = new Argument<string>("file") { Description = "Where the copy goes; it must not exist." };
        var database = DatabaseOption();
        var command = new Command("backup", "Makes a consistent copy of the data, of a running server, too.") { file, database };
        command.SetAction(parsed =>
        {
            var bytes = DatabaseCopy.Backup(DatabaseOptions.Read(parsed, database), parsed.GetRequiredValue(file));
            Console.Out.WriteLine($"Copied {DatabaseOptions.Read(parsed, database)} to {parsed.GetRequiredValue(file)} ({bytes:N0} bytes).");
            return 0;
        });
        return command;
    }

    public static Command Move(TimeProvider time)
    {
        var from = new Option<string>("--from") { Description = "The database file.", DefaultValueFactory = _ => ServerOptions.DefaultDatabase };
        var to = new Option<string>("--to") { Description = "An empty database of PostgreSQL: postgres://USER:PASSWORD@HOST:PORT/NAME.", Required = true };
        var command = new Command("move", "Copies all data into PostgreSQL; the file stays as it is. The server must be stopped.") { from, to };
        command.SetAction(parsed =>
        {
            var copied = DataMove.Run(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), time);
            Console.Out.WriteLine($"Moved {string.Join(", ", copied.Where(table => table.Rows > 0).Select(table => $"{table.Rows:N0} {table.Table}"))}.");
            return 0;
        });
        return command;
    }

    public static Command Restore(TimeProvider time)
    {
        var file = new Argument<string>("file") { Description = "A copy made by 'backup'." };
        var database = DatabaseOption();
        var command = new Command("restore", "Puts a copy in the database's place; what was there is kept beside it. The server must be stopped.")
        {
            file, database,
        };
        command.SetAction(parsed =>
        {
            var kept = DatabaseRestore.Run(parsed.GetRequiredValue(file), DatabaseOptions.Read(parsed, database), time);
            Console.Out.WriteLine($"Restored {DatabaseOptions.Read(parsed, database)} from " +
                $"{parsed.GetRequiredValue(file)}.{(kept is null ? "" : $" What was there is kept as {kept}.")}");
            return 0;
        });
        return command;
    }

    public static Command Check()
    {
        var database = DatabaseOption();
        var command = new Command("check", "Verifies the database, its numbering and its references, and says what it found. Exit code 1 where something is " +
            "wrong.") { database };
        command.SetAction(parsed =>
        {
            var report = DatabaseCheck.Run(DatabaseOptions.Read(parsed, database));
            foreach (var line in report.Findings)
                Console.Out.WriteLine(line);
            Console.Out.WriteLine(report.Summary);
            return report.Findings.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
