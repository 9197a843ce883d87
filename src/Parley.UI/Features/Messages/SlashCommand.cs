using System.Text.RegularExpressions;
using Parley.Client.Features.Messages;

namespace Parley.UI.Features.Messages;

/// <summary>A parsed line of the composer.</summary>
public abstract partial record SlashCommand
{
    private const string Shrug = @"¯\_(ツ)_/¯"; // Its arms are no markup (docs/chat-text.md).
    private const string TableFlip = "(╯°□°)╯︵ ┻━┻";

    private SlashCommand()
    {
    }

    /// <summary>A message for the selected room.</summary>
    public sealed record Say(MessageKind Kind, string Content) : SlashCommand;

    /// <summary><c>/msg NAME TEXT</c>: something to say to one person.</summary>
    public sealed record SayPrivately(string To, string Content) : SlashCommand;

    /// <summary><c>s/OLD/NEW/</c>: puts other words into one's last message; with <c>g</c> behind it everywhere in it, else once.</summary>
    public sealed record Substitute(string Old, string New, bool Everywhere) : SlashCommand
    {
        /// <summary>The message's new text; null where the old words are not in it.</summary>
        public string? In(string content)
        {
            ArgumentNullException.ThrowIfNull(content);
            var at = content.IndexOf(Old, StringComparison.Ordinal);
            if (at < 0)
                return null;
            return Everywhere ? content.Replace(Old, New, StringComparison.Ordinal) : $"{content[..at]}{New}{content[(at + Old.Length)..]}";
        }
    }

    /// <summary><c>/quit</c>: disconnect and close the window; it logs nothing out.</summary>
    public sealed record Quit : SlashCommand;

    /// <summary><c>/help</c>: the list of commands.</summary>
    public sealed record Help : SlashCommand;

    /// <summary>A command without its arguments.</summary>
    public sealed record Incomplete(IncompleteCommand Command) : SlashCommand;

    /// <summary>No known command.</summary>
    public sealed record Unknown(string Name) : SlashCommand;

    /// <summary>Parses a line. One that starts with two slashes is a message that starts with one.</summary>
    public static SlashCommand Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Substitution().Match(text) is { Success: true } found)
            return new Substitute(WithoutEscapes(found.Groups["old"].Value), WithoutEscapes(found.Groups["new"].Value), found.Groups["g"].Length > 0);
        if (!text.StartsWith('/'))
            return new Say(MessageKind.Message, text);
        if (text.StartsWith("//", StringComparison.Ordinal))
            return new Say(MessageKind.Message, text[1..]);

        var (name, rest) = SplitWord(text[1..]);
        return name.ToUpperInvariant() switch
        {
            "ME" when string.IsNullOrWhiteSpace(rest) => new Incomplete(IncompleteCommand.Me),
            "ME" => new Say(MessageKind.Action, rest),
            "MSG" => ParsePrivate(rest),
            "SHRUG" => new Say(MessageKind.Message, $"{rest} {Shrug}".TrimStart()),
            "TABLEFLIP" => new Say(MessageKind.Message, $"{rest} {TableFlip}".TrimStart()),
            "QUIT" => new Quit(),
            "HELP" => new Help(),
            _ => new Unknown(name),
        };
    }

    private static SlashCommand ParsePrivate(string rest)
    {
        var (to, content) = SplitWord(rest.TrimStart());
        // "@name" is how a name is written everywhere else.
        to = to.TrimStart('@');
        return to.Length == 0 || string.IsNullOrWhiteSpace(content) ? new Incomplete(IncompleteCommand.Msg) : new SayPrivately(to, content);
    }

    private static string WithoutEscapes(string text) => text.Replace(@"\/", "/", StringComparison.Ordinal);

    // A slash within the words is written \/.
    [GeneratedRegex(@"^s/(?<old>(?:[^/\\\n]|\\.)+)/(?<new>(?:[^/\\\n]|\\.)*)(?:/(?<g>g?))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Substitution();

    // The word, and what follows the one white space after it.
    private static (string Word, string After) SplitWord(string text)
    {
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return (text[..end], end < text.Length ? text[(end + 1)..] : "");
    }
}

/// <summary>The commands that take something.</summary>
public enum IncompleteCommand
{
    /// <summary><c>/me TEXT</c>.</summary>
    Me,

    /// <summary><c>/msg NAME TEXT</c>.</summary>
    Msg,
}
