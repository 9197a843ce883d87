using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Mentions;

/// <summary>Whom messages mean. It is found out once, when a message is stored: who registers a name later was not meant.</summary>
internal static class MentionStore
{
    /// <summary>A column of a query on <c>events e</c>: who is meant by the event, as <see cref="Read"/> reads it.</summary>
    public const string Column = "(SELECT group_concat(x.user_id) FROM mentions x WHERE x.channel_id = e.channel_id AND x.number = e.number)";

    /// <summary>Finds out whom a message means and keeps it; null where it means nobody. Its author does not count, nor who may not see the channel.</summary>
    public static UserIds? Keep(StoreConnection store, ChannelRow channel, long number, UserId author, string content)
    {
        var names = MentionRule.Names(content);
        if (names.Count == 0)
            return null; // Nearly every message.
        var meant = names.Select(name => UserStore.FindId(store, name)).OfType<UserId>().Where(id => id != author && channel.IsVisibleTo(id)).OrderBy(id => id.Value);
        var mentions = UserIds.Of(meant);
        foreach (var id in mentions?.All ?? [])
        {
            store.Prepare("INSERT INTO mentions(channel_id, number, user_id) VALUES(@channel, @number, @user)")
                .Set("@channel", channel.Id.Value)
                .Set("@number", number)
                .Set("@user", id.Value)
                .Execute();
        }

        return mentions;
    }

    public static UserIds? Read(Row row, int column) => row.IsNull(column) ? null : UserIds.Parse(row.Text(column));
}
