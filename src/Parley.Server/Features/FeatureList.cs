using Parley.Server.Admin;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.History;
using Parley.Server.Features.Invites;
using Parley.Server.Features.Members;
using Parley.Server.Features.Messages;
using Parley.Server.Features.Reactions;
using Parley.Server.Features.ReadState;
using Parley.Server.Limits;
using Parley.Server.Measuring;

namespace Parley.Server.Features;

/// <summary>What this server can do. A feature with commands is one line here; what the operator can ask of it is one below.</summary>
internal static class FeatureList
{
    public static CommandTable Build(ServerCore core, AccountServices accounts, ServerLimits limits)
    {
        var table = new CommandTable(CommandCosts.All);
        AccountsFeature.Map(table, core, accounts, limits);
        ChannelsFeature.Map(table, limits);
        MembersFeature.Map(table, core.Database);
        MessagesFeature.Map(table);
        ReactionsFeature.Map(table);
        ConversationsFeature.Map(table);
        HistoryFeature.Map(table);
        ReadStateFeature.Map(table);
        return table;
    }

    /// <summary>What the operator can do, on a running server and on a stopped one.</summary>
    /// <param name="serverName">What the server is called; null where it has no name, or does not run.</param>
    /// <param name="bcryptCost">Of the passwords that are made.</param>
    /// <param name="status">How the server is; null where it does not run.</param>
    public static IReadOnlyList<IAdminCommand> AdminCommands(string? serverName, int bcryptCost, Func<ServerStatus>? status = null) =>
    [
        new StatusCommand(status),
        new MakeCodeCommand(), new ListCodesCommand(), new RevokeCodeCommand(),
        new OwnerCommand(serverName),
        new ListUsersCommand(), new BanUserCommand(), new UnbanUserCommand(), new ResetPasswordCommand(bcryptCost),
        new AllChannelsCommand(), new RenameChannelCommand(), new HideChannelCommand(), new UnhideChannelCommand(),
        new PrivateChannelCommand(isPrivate: true), new PrivateChannelCommand(isPrivate: false),
        new AdmitMemberCommand(isIn: true), new AdmitMemberCommand(isIn: false),
    ];
}
