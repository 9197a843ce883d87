using System.CommandLine;
using Parley.Load.Rooms;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary>The options of every command that fills a room.</summary>
internal sealed class RoomOptions(int defaultMembers)
{
    public Option<int> Members { get; } = new("--members") { Description = "Connections in the room.", DefaultValueFactory = _ => defaultMembers };

    public Option<int> Senders { get; } = new("--senders") { Description = "How many of them speak, in turn.", DefaultValueFactory = _ => 8 };

    public Option<int> Length { get; } = new("--length") { Description = "Characters of a message.", DefaultValueFactory = _ => 80 };

    public Option<int> Accounts { get; } = new("--accounts") { Description = "Accounts that the members of level 2 share.", DefaultValueFactory = _ => 20 };

    public Option<Dialect> Dialect { get; } = new("--dialect") { Description = "Level2, Level1 or Irc.", DefaultValueFactory = _ => Rooms.Dialect.Level2 };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Members, Senders, Length, Accounts, Dialect])
            command.Options.Add(option);
    }

    public async Task<(Room Room, RoomRun Steps)> FillAsync(ParseResult options, Run run, CancellationToken cancel)
    {
        var room = new Room(run, options.GetValue(Dialect));
        await room.FillAsync(options.GetValue(Members), options.GetValue(Accounts), cancel);
        return (room, new RoomRun(run, room, Math.Min(options.GetValue(Senders), options.GetValue(Members)), options.GetValue(Length)));
    }

    public Figures NewFigures(string command, ParseResult options, Run run) => new Figures(command)
        .Add("dialect", options.GetValue(Dialect).ToString().ToLowerInvariant()).Add("tls", run.Tls).Add("members", options.GetValue(Members))
        .Add("senders", options.GetValue(Senders)).Add("length", options.GetValue(Length));
}
