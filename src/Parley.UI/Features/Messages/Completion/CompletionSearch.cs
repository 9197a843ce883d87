using Parley.Client.Features.Members;
using Parley.Client.State;
using Parley.Protocol.Wire;
using Parley.UI.Features.Emoji;
using Parley.UI.Resources;
using Parley.UI.Search;
using Parley.UI.State;

namespace Parley.UI.Features.Messages.Completion;

/// <summary>Finds the options for the word that is being typed, the likeliest first. Pure.</summary>
internal static class CompletionSearch
{
    /// <summary>The most options in a list.</summary>
    internal const int MaxOptions = 8;

    // With fewer letters the colon may belong to a smiley or a time.
    private const int MinEmojiLetters = 2;

    // The authors of so many latest messages of the room come first.
    private const int RecentMessages = 200;

    /// <summary>The options for a word.</summary>
    /// <param name="word">With its prefix: <c>@bo</c>, <c>#gen</c>, <c>:smi</c>, <c>/m</c>.</param>
    /// <param name="state">What is known.</param>
    /// <param name="known">Who is known.</param>
    /// <param name="id">The room that it is typed in.</param>
    /// <param name="preferences">The skin tone and the recent emoji.</param>
    /// <param name="commands">The commands that there are.</param>
    internal static IReadOnlyList<CompletionOption> Find(
        string word, ChatState state, KnownMembers known, ChannelId id, EmojiPreferences preferences, IReadOnlyList<CommandHelp> commands)
    {
        if (word.Length == 0)
            return [];
        var typed = word[1..];
        return word[0] switch
        {
            '@' => [.. Members(typed, state, known, id).Take(MaxOptions)],
            '#' => [.. Channels(typed, state).Take(MaxOptions)],
            ':' when typed.Length >= MinEmojiLetters => [.. Emoji(typed, preferences).Take(MaxOptions)],
            '/' => [.. Commands(word, commands)],
            _ => [],
        };
    }

    private static IEnumerable<CompletionOption> Members(string typed, ChatState state, KnownMembers known, ChannelId id)
    {
        var speakers = SpeakersOf(state, id);
        return from member in known.InOrder
               let score = FuzzyMatch.Score(typed, member.Username)
               where score is not null
               orderby score >= FuzzyMatch.Beginning descending,
                   member.Id == state.User?.Id,
                   member.IsOnline descending,
                   speakers.GetValueOrDefault(member.Id) descending,
                   score descending,
                   member.Username
               select new CompletionOption.Person(member);
    }

    private static IEnumerable<CompletionOption> Channels(string typed, ChatState state) =>
        from channel in state.Channels
        let score = FuzzyMatch.Score(typed, channel.Name)
        where score is not null
        orderby score descending, channel.Name
        select new CompletionOption.Channel(channel);

    private static IEnumerable<CompletionOption> Emoji(string typed, EmojiPreferences preferences) =>
        from entry in EmojiCatalog.Of(Language.Code).Find(typed, preferences)
        let name = entry.Names.MaxBy(name => FuzzyMatch.Score(typed, name) ?? 0) ?? entry.Name
        select new CompletionOption.Picture(name, entry.In(preferences.Tone));

    private static IEnumerable<CompletionOption> Commands(string word, IEnumerable<CommandHelp> commands) =>
        from command in commands
        where command.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        select new CompletionOption.Command(command);

    // The number of each speaker's latest message: the higher, the more recent.
    private static Dictionary<UserId, long> SpeakersOf(ChatState state, ChannelId id)
    {
        var speakers = new Dictionary<UserId, long>();
        var log = state.LogOf(id);
        if (log.LatestRun is not { } run)
            return speakers;
        for (var i = Math.Max(0, run.Rows.Count - RecentMessages); i < run.Rows.Count; i++)
            speakers[log[run.Rows[i]].AuthorId] = run.Rows[i].Number;
        return speakers;
    }
}
