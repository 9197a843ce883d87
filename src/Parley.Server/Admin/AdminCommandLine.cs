using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Server.Features.Invites;
using Parley.Server.Hosting;
using Parley.Server.Maintenance;

namespace Parley.Server.Admin;

/// <summary>The command line's words for who may come in: each becomes a request, and its answer is printed.</summary>
internal static partial class AdminCommandLine
{
    public static IEnumerable<Command> Commands(TimeProvider time) => [Status(time), Code(time), Owner(time), Users(time), Channels(time)];

    private static Command Status(TimeProvider time) =>
        Asking("status", "Tells how a running server is: connections, queues, what was refused.", time, _ => new AdminRequest("status"));

    private static Command Code(TimeProvider time)
    {
        var uses = new Option<int>("--uses") { Description = "How many people may register with it.", DefaultValueFactory = _ => 1 };
        var expires = new Option<string?>("--expires") { Description = "How long it is good, as 30m, 12h or 7d; without it until it is used." };
        uses.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => !int.TryParse(t.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MakeCodeCommand.MostUses))
                result.AddError($"--uses takes a number from 1 to {MakeCodeCommand.MostUses}.");
        });
        expires.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => Seconds(t.Value) is null))
                result.AddError("--expires takes a time as 30m, 12h or 7d, at most ten years.");
        });
        var command = Asking(
            "code", "Makes a code to register with, for a server with --registration code.", time,
            parsed => new AdminRequest("code.make", Uses: parsed.GetValue(uses), Seconds: parsed.GetValue(expires) is { } text ? Seconds(text) : null), uses, expires);
        var code = new Argument<string>("code") { Description = "The code." };
        command.Add(Asking("list", "Lists the codes, the newest first.", time, _ => new AdminRequest("code.list")));
        command.Add(Asking("revoke", "Makes a code useless.", time, parsed => new AdminRequest("code.revoke", Code: parsed.GetValue(code)), code));
        return command;
    }

    private static Command Owner(TimeProvider time)
    {
        var name = new Argument<string?>("name") { Description = "Who; without it the owner is told.", Arity = ArgumentArity.ZeroOrOne };
        return Asking(
            "owner", "Names the owner of the server, or tells who it is.", time, parsed => new AdminRequest("owner", Name: parsed.GetValue(name)), name);
    }

    private static Command Users(TimeProvider time)
    {
        var name = new Argument<string>("name") { Description = "Who." };
        var reason = new Option<string?>("--reason") { Description = "What the person is told." };
        var command = new Command("users", "The accounts.");
        command.Add(Asking("list", "Lists them.", time, _ => new AdminRequest("users.list")));
        command.Add(Asking("ban", "Ends all logins of somebody, and lets nobody in by that name.", time,
            parsed => new AdminRequest("users.ban", parsed.GetValue(name), Reason: parsed.GetValue(reason)), name, reason));
        command.Add(Asking("unban", "Lets somebody in again.", time, parsed => new AdminRequest("users.unban", parsed.GetValue(name)), name));
        command.Add(Asking("password", "Makes a one-time password in the place of a forgotten one, to hand over.", time,
            parsed => new AdminRequest("users.password", parsed.GetValue(name)), name));
        return command;
    }

    private static Command Channels(TimeProvider time)
    {
        var name = new Argument<string>("name") { Description = "Which channel." };
        var to = new Argument<string>("new-name") { Description = "What it is to be called." };
        var command = new Command("channels", "The channels.");
        command.Add(Asking("list", "Lists them, the hidden ones, too.", time, _ => new AdminRequest("channels.list")));
        command.Add(Asking("rename", "Gives a channel another name.", time, parsed => new AdminRequest("channels.rename", parsed.GetValue(name), parsed.GetValue(to)), name, to));
        command.Add(Asking("hide", "Takes a channel out of everybody's sight; what was said in it is kept.", time, parsed => new AdminRequest("channels.hide", parsed.GetValue(name)), name));
        command.Add(Asking("unhide", "Shows a hidden channel again.", time, parsed => new AdminRequest("channels.unhide", parsed.GetValue(name)), name));
        var who = new Argument<string>("member") { Description = "Who." };
        command.Add(Asking("private", "Lets nobody see a channel but those who are admitted.", time,
            parsed => new AdminRequest("channels.private", parsed.GetValue(name)), name));
        command.Add(Asking("public", "Lets everybody see it again.", time, parsed => new AdminRequest("channels.public", parsed.GetValue(name)), name));
        command.Add(Asking("admit", "Lets a member see a channel, whatever the others may.", time,
            parsed => new AdminRequest("channels.admit", parsed.GetValue(name), parsed.GetValue(who)), name, who));
        command.Add(Asking("expel", "Lets a member see a channel no more, whatever the others may.", time,
            parsed => new AdminRequest("channels.expel", parsed.GetValue(name), parsed.GetValue(who)), name, who));
        return command;
    }

    private static Command Asking(string name, string description, TimeProvider time, Func<ParseResult, AdminRequest> request, params Symbol[] symbols)
    {
        var database = MaintenanceCommands.DatabaseOption();
        var json = new Option<bool>("--json") { Description = "Print JSON: an object, of a list one a line." };
        var command = new Command(name, description) { database, json };
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Add(option);
            else if (symbol is Argument argument)
                command.Add(argument);
        }

        command.SetAction((parsed, _) => RunAsync(DatabaseOptions.Read(parsed, database), request(parsed), parsed.GetValue(json), time));
        return command;
    }

    private static async Task<int> RunAsync(string database, AdminRequest request, bool asJson, TimeProvider time)
    {
        await using var session = await AdminSession.OpenAsync(database, time);
        while (true)
        {
            var answer = await session.AskAsync(request);
            AdminPrinter.Print(answer, asJson);
            if (!answer.Ok)
                return 1;
            if (answer.More is not { } more)
                return 0;
            request = request with { After = more };
        }
    }

    private static long? Seconds(string text)
    {
        if (Span().Match(text) is not { Success: true } match || !long.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
            return null;
        var unit = match.Groups["unit"].Value switch { "m" => 60L, "h" => 3_600, _ => 24 * 3_600 };
        return number > 0 && number <= MakeCodeCommand.MostSeconds / unit ? number * unit : null;
    }

    [GeneratedRegex("^(?<number>[0-9]{1,10})(?<unit>[mhd])$")]
    private static partial Regex Span();
}
