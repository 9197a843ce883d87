using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.History;
using Parley.Server.Features.Members;
using Parley.Server.Features.Messages;
using Parley.Server.Features.ReadState;
using Parley.Server.Limits;

namespace Parley.Server.Features;

/// <summary>What this server can do. A new feature is one line here.</summary>
internal static class FeatureList
{
    public static CommandTable Build(ServerParts parts, PasswordHasher hasher, LoginThrottle throttle, SessionConnections sessions)
    {
        var delivery = new ConversationDelivery(parts.WriteQueue);
        var saying = new Saying(delivery);
        var table = new CommandTable();
        AccountsFeature.Map(table, parts, hasher, throttle, sessions);
        ChannelsFeature.Map(table, parts);
        MembersFeature.Map(table, parts);
        MessagesFeature.Map(table, saying);
        ConversationsFeature.Map(table, parts, saying, delivery);
        HistoryFeature.Map(table);
        ReadStateFeature.Map(table);
        return table;
    }
}
