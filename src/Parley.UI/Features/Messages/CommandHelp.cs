using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Features.Messages;

/// <summary>The description of a command, for the list of commands and for completion.</summary>
/// <param name="Name">With its slash.</param>
/// <param name="Arguments">What it takes; empty where it takes nothing.</param>
/// <param name="What">What it does.</param>
internal sealed record CommandHelp(string Name, string Arguments, string What)
{
    /// <summary>The command that closes the window, without its slash.</summary>
    internal const string QuitName = "quit";

    /// <summary>Every command that <see cref="SlashCommand"/> knows, as far as the host can carry it out.</summary>
    internal static IReadOnlyList<CommandHelp> Of(HostCapabilities host) =>
    [
        new("/me", "TEXT", Strings.HelpMe),
        new("/msg", "NAME TEXT", Strings.HelpMsg),
        new("/shrug", "TEXT", Strings.HelpShrug),
        new("/tableflip", "TEXT", Strings.HelpTableflip),
        new("s/OLD/NEW/", "", Strings.HelpSubstitute),
        .. host.Window is null ? (ReadOnlySpan<CommandHelp>)[] : [new($"/{QuitName}", "", Strings.HelpQuit)],
        new("/help", "", Strings.HelpHelp),
    ];

    /// <summary>The whole line.</summary>
    internal string Usage => $"{Name} {Arguments}".TrimEnd();
}
