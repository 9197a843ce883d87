using Parley.Client.Features.Members;

namespace Parley.UI.Features.Messages.Completion;

/// <summary>An option for the word that is being typed.</summary>
/// <param name="Word">The whole word as one would type it by hand.</param>
/// <param name="Text">What takes its place.</param>
/// <param name="EndsWord">Whether a space follows, because more is to be typed.</param>
internal abstract record CompletionOption(string Word, string Text, bool EndsWord)
{
    /// <summary>A person.</summary>
    internal sealed record Person(Member Member) : CompletionOption("@" + Member.Username, "@" + Member.Username, EndsWord: true);

    /// <summary>A channel.</summary>
    internal sealed record Channel(Client.Features.Channels.Channel Target) : CompletionOption("#" + Target.Name, "#" + Target.Name, EndsWord: true);

    /// <summary>An emoji.</summary>
    /// <param name="Name">The one of its names that fits, without colons.</param>
    /// <param name="Character">In the person's skin tone.</param>
    internal sealed record Picture(string Name, string Character) : CompletionOption($":{Name}:", Character, EndsWord: true);

    /// <summary>A command.</summary>
    internal sealed record Command(CommandHelp Help) : CompletionOption(Help.Name, Help.Name, EndsWord: Help.Arguments.Length > 0);
}
