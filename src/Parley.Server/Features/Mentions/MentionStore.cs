using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Mentions;

/// <summary>Whom messages mean. It is found out once, when a message is stored: who registers a name later was not meant.</summary>
internal static class MentionStore
{
    private const int MostBetween = 1_000;

    /// <summary>Whom a message means; null where it means nobody. Its author does not count, nor who may not see the channel.</summary>
    public static UserIds? Meant(DatabaseConnection db, ChannelRow channel, UserId author, string content)
    {
        var names = Parley.Protocol.Text.Mentions.Users(content);
        if (names.Count == 0)
            return null; // Nearly every message.
        return UserIds.Of(names.Select(name => UserStore.FindId(db, name)).OfType<UserId>().Where(id => id != author && ChannelAccess.MaySee(db, channel, id)).OrderBy(id => id.Value));
    }

    /// <summary>The same events of one log, with whom they meant when they were said. What was edited since says itself whom it means.</summary>
    public static List<ChannelEvent> AddTo(DatabaseConnection db, ChannelId channel, List<ChannelEvent> page)
    {
        if (page.Count == 0)
            return page;
        var (first, last) = (page.Min(e => e.Number), page.Max(e => e.Number));
        // One look at the index for a whole page, where one for each event took as long as the page; but not over all that lies between events that lie far
        // apart.
        var meant = last - first <= MostBetween
            ? Between(db, channel, first, last).ToLookup(mention => mention.Number, mention => mention.User)
            : page.SelectMany(e => Between(db, channel, e.Number, e.Number)).ToLookup(mention => mention.Number, mention => mention.User);
        return meant.Count == 0 ? page : page.ConvertAll(e => IsAsSaid(e) && meant.Contains(e.Number) ? e with { Mentions = UserIds.Of(meant[e.Number]) } : e);
    }

    private static bool IsAsSaid(ChannelEvent e) => EventKind.IsSaid(e.Kind) && e is { Edited: null, Deleted: null };

    private static List<(long Number, UserId User)> Between(DatabaseConnection db, ChannelId channel, long first, long last) =>
        db.Prepare("SELECT number, user_id FROM mentions WHERE channel_id = @channel AND number BETWEEN @first AND @last ORDER BY number, user_id")
            .Set("@channel", channel.Value)
            .Set("@first", first)
            .Set("@last", last)
            .All(r => (Number: r.Integer(0), User: new UserId(r.Integer(1))));
}
