using System.CommandLine;
using System.CommandLine.Parsing;
using Parley.Client.Connection;
using Parley.Desktop.Profiles;
using Parley.Desktop.Windows;

namespace Parley.Desktop.CommandLine;

/// <summary>The command line <c>parley</c>: its options, its help, and one clear line for each mistake.</summary>
internal static class DesktopCommand
{
    /// <summary>Reads the arguments and runs <paramref name="run"/> with what they say.</summary>
    /// <returns>The exit code of the process.</returns>
    internal static async Task<int> InvokeAsync(string[] args, Func<DesktopOptions, Task<int>> run)
    {
        var result = NewCommand(run).Parse(args);
        // The host obeys signals; the library would end the process by force two seconds after one.
        if (result.Errors.Count == 0)
            return await result.InvokeAsync(new() { ProcessTerminationTimeout = null });

        // One line, the first mistake: a page of help would push it off the screen.
        await Console.Error.WriteLineAsync($"parley: {result.Errors[0].Message} (parley --help shows the options)");
        return 1;
    }

    private static RootCommand NewCommand(Func<DesktopOptions, Task<int>> run)
    {
        var profile = new Option<string>("--profile")
        {
            Description = "The profile to use (sessions and settings). Several can be open at once.",
            HelpName = "NAME",
            DefaultValueFactory = _ => ProfileFolder.DefaultName,
            CustomParser = ParseProfile,
        };
        var server = new Option<ServerAddress?>("--server") { Description = "The server to log in to.", HelpName = "HOST:PORT", CustomParser = ParseServer };
        var trust = new Option<Fingerprint?>("--trust")
        {
            Description = "Trust the server's certificate with this SHA-256 fingerprint.",
            HelpName = "SHA256",
            CustomParser = ParseFingerprint,
        };
        var owns = OwnsOption();
        var noWindow = new Option<bool>("--no-window") { Description = "Open no window; print an address for a browser, which works once." };
        var window = new Option<WindowKind?>("--window")
        {
            Description = "The kind of window (default: best available).",
            HelpName = "webkit|chromium|none",
            CustomParser = ParseWindow,
        };

        var install = new Option<string?>("--install-desktop-entry")
        {
            Description = "Add Parley to your applications menu (Linux) and exit. PROGRAM is what the entry starts (default: this program).",
            HelpName = "PROGRAM",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var remove = new Option<bool>("--remove-desktop-entry") { Description = "Remove Parley from your applications menu and exit." };

        var command = new RootCommand("Parley, the desktop client.") { profile, server, trust, owns, noWindow, window, install, remove };
        command.SetAction((parsed, _) =>
        {
            if (parsed.GetResult(install) is not null)
                return Task.FromResult(DesktopEntryCommand.Install(parsed.GetValue(install)));
            if (parsed.GetValue(remove))
                return Task.FromResult(DesktopEntryCommand.Remove());
            return run(new DesktopOptions(
                parsed.GetValue(profile) ?? ProfileFolder.DefaultName,
                parsed.GetValue(server),
                parsed.GetValue(trust),
                parsed.GetValue(noWindow) ? WindowKind.None : parsed.GetValue(window),
                parsed.GetValue(owns) is { Length: > 0 } database ? Path.GetFullPath(database) : null));
        });
        return command;
    }

    private static Option<string?> OwnsOption() => new("--owns")
    {
        Description = "The database of that server, which runs here: whoever logs in becomes its owner, where it has none.",
        HelpName = "FILE",
    };

    private static string? ParseProfile(ArgumentResult argument) =>
        ProfileFolder.IsName(Text(argument))
            ? Text(argument)
            : Refuse<string>(argument, $"'{Text(argument)}' is not a valid profile name: use 1 to 32 letters, digits, '-' and '_'.");

    private static ServerAddress? ParseServer(ArgumentResult argument) =>
        ServerAddress.TryParse(Text(argument))
        ?? Refuse<ServerAddress>(argument, $"'{Text(argument)}' is not a valid server address, e.g. chat.example.org:5050.");

    private static Fingerprint? ParseFingerprint(ArgumentResult argument) =>
        Fingerprint.Parse(Text(argument))
        ?? Refuse<Fingerprint>(argument, "--trust takes a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons.");

    private static WindowKind? ParseWindow(ArgumentResult argument)
    {
        if (Enum.TryParse<WindowKind>(Text(argument), ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(Text(argument)[0]))
            return kind;
        argument.AddError($"'{Text(argument)}' is not a valid window type: use webkit, chromium or none.");
        return null;
    }

    private static string Text(ArgumentResult argument) => argument.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult argument, string message)
        where T : class
    {
        argument.AddError(message);
        return null;
    }
}
