using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.Sending;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Level1;

/// <summary>Level 1: what its connections have in common, and which commands they know.</summary>
internal sealed class Level1Door
{
    private readonly Database _database;
    private readonly Level1Dialect _dialect;

    public Level1Door(Database database, WriteQueue writes, CommandTable features, UserLists userLists)
    {
        _database = database;
        Delivery = new ConversationDelivery(writes);
        _dialect = new Level1Dialect(Delivery);
        Commands = new FrameCommands(features
            .Only("auth_register", "auth_login", "hello", "message", "action", "private_message", "channel_create")
            .Read("channel_list", new Level1ListChannelsHandler())
            .Steps("channel_join", new JoinChannelHandler(database))
            .Steps("channel_leave", new LeaveChannelHandler(database))
            .Steps("user_list", new Level1ListUsersHandler(userLists)));
    }

    public FrameCommands Commands { get; }

    /// <summary>What of private messages was handed over.</summary>
    public ConversationDelivery Delivery { get; }

    public Level1Session Begin(Outbox outbox) => new(new Receiver(outbox, _dialect), this);

    /// <summary>The channel that everybody arrives in.</summary>
    public NamedChannel General(UserId viewer)
    {
        var general = _database.Read(db => ChannelAccess.Find(db, viewer, ChannelNameRule.General))
            ?? throw new InvalidOperationException("There is no general channel.");
        return new NamedChannel(general.Id, general.Name);
    }
}
