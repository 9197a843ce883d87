namespace Parley.Protocol.Text;

/// <summary>
/// Whom and which channels a message means, as the tree has it: <c>@name</c> with a user name, <c>#name</c> with a channel's, whatever their case. Whether
/// there is somebody or something of that name is not asked here.
/// </summary>
public static class Mentions
{
    /// <summary>The sign in front of a user's name.</summary>
    public const char UserSign = '@';

    /// <summary>The sign in front of a channel's name.</summary>
    public const char ChannelSign = '#';

    /// <summary>The most different names of one message that are looked at, the first ones.</summary>
    public const int MaxNames = 20;

    /// <summary>
    /// The different user names that a message means, in the order in which they stand; empty, and nothing allocated, where there is no <c>@</c>.
    /// </summary>
    public static IReadOnlyList<string> Users(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.Contains(UserSign))
            return [];
        return Names<NameLeaf>(ChatText.Parse(content));
    }

    /// <summary>The different channels that a message means, as <see cref="Users"/> has it for people.</summary>
    public static IReadOnlyList<string> Channels(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.Contains(ChannelSign))
            return [];
        return Names<ChannelLeaf>(ChatText.Parse(content));
    }

    private static List<string> Names<T>(ChatText text)
        where T : TextLeaf
    {
        List<string> names = [];
        foreach (var leaf in text.Leaves)
        {
            if (leaf is not T || names.Count == MaxNames)
                continue;
            var name = text.Of(leaf)[1..].ToString();
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
                names.Add(name);
        }

        return names;
    }
}
