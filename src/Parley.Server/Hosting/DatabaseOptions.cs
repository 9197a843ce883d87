using System.CommandLine;
using Parley.Server.Maintenance;
using Parley.Server.Storage.Postgres;

namespace Parley.Server.Hosting;

/// <summary>Where the data is: SQLite's file, or PostgreSQL, whose address holds a password and need not stand in the list of processes.</summary>
internal static class DatabaseOptions
{
    /// <summary>The variable of the environment that may hold the address.</summary>
    public const string Variable = "PARLEY_DATABASE";

    private static readonly Option<string> File = MaintenanceCommands.DatabaseOption();

    private static readonly Option<string?> Address = new("--database")
    {
        Description = $"Database of PostgreSQL in the place of a file: postgres://USER:PASSWORD@HOST:PORT/NAME. The variable {Variable} may say it, too.",
    };

    private static readonly Option<string?> AddressFile = new("--database-file") { Description = "A file whose first line is that address." };

    public static IEnumerable<Option> All => [File, Address, AddressFile];

    /// <summary>What was said, in this order: <c>--database</c>, <c>--database-file</c>, <c>--db</c>, the environment, the default file.</summary>
    /// <exception cref="StartupException">It is said twice, or the file cannot be read.</exception>
    public static string Read(ParseResult parsed)
    {
        var said = All.Where(option => parsed.GetResult(option) is { Implicit: false }).ToList();
        if (said.Count > 1)
            throw new StartupException($"{said[0].Name} and {said[1].Name} both say where the data is. Leave one out.");
        if (parsed.GetValue(Address) is { } address)
            return Checked(address);
        if (parsed.GetValue(AddressFile) is { } file)
            return Checked(FirstLine(file));
        return Read(parsed, File);
    }

    /// <summary>For commands that take <c>--db</c> alone: what it says, else the environment's address, else the default file.</summary>
    public static string Read(ParseResult parsed, Option<string> database) =>
        parsed.GetResult(database) is not { Implicit: false } && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? Checked(named)
            : parsed.GetRequiredValue(database);

    private static string Checked(string address)
    {
        PostgresAddress.Parse(address);
        return address;
    }

    private static string FirstLine(string file)
    {
        try
        {
            return System.IO.File.ReadLines(file).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"The file '{file}' with the database's address cannot be read.");
        }
    }
}
