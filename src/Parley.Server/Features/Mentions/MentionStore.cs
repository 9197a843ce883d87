using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Mentions;

/// <summary>Whom messages mean. It is found out once, when a message is stored: who registers a name later was not meant.</summary>
internal static class MentionStore
{
    /// <summary>Whom a message means; null where it means nobody. Its author does not count, nor who may not see the channel.</summary>
    public static UserIds? Meant(StoreConnection store, ChannelRow channel, UserId author, string content)
    {
        var names = Parley.Protocol.Text.Mentions.Users(content);
        if (names.Count == 0)
            return null; // Nearly every message.
        return UserIds.Of(names.Select(name => UserStore.FindId(store, name)).OfType<UserId>().Where(id => id != author && ChannelAccess.MaySee(store, channel, id)).OrderBy(id => id.Value));
    }

    /// <summary>The same events of one log, with whom they mean: one look at the index for a whole page, where one for each event took as long as the page.</summary>
    public static List<ChannelEvent> AddTo(StoreConnection store, ChannelId channel, List<ChannelEvent> page)
    {
        if (page.Count == 0)
            return page;
        var meant = store.Prepare("SELECT number, user_id FROM mentions WHERE channel_id = @channel AND number BETWEEN @first AND @last ORDER BY number, user_id")
            .Set("@channel", channel.Value)
            .Set("@first", Math.Min(page[0].Number, page[^1].Number))
            .Set("@last", Math.Max(page[0].Number, page[^1].Number))
            .All(r => (Number: r.Integer(0), User: new UserId(r.Integer(1))))
            .ToLookup(mention => mention.Number, mention => mention.User);
        return meant.Count == 0 ? page : page.ConvertAll(e => meant.Contains(e.Number) ? e with { Mentions = UserIds.Of(meant[e.Number]) } : e);
    }
}
