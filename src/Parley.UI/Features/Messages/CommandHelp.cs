using Parley.UI.Resources;

namespace Parley.UI.Features.Messages;

/// <summary>A command as it is explained: in the list of commands, and while it is typed.</summary>
/// <param name="Name">With its slash.</param>
/// <param name="Arguments">What it takes; empty where it takes nothing.</param>
/// <param name="What">What it does.</param>
internal sealed record CommandHelp(string Name, string Arguments, string What)
{
    /// <summary>Every command that <see cref="SlashCommand"/> knows.</summary>
    internal static IReadOnlyList<CommandHelp> All =>
    [
        new("/me", "TEXT", Strings.HelpMe),
        new("/msg", "NAME TEXT", Strings.HelpMsg),
        new("/quit", "", Strings.HelpQuit),
        new("/help", "", Strings.HelpHelp),
    ];

    /// <summary>The whole line.</summary>
    internal string Usage => $"{Name} {Arguments}".TrimEnd();
}
