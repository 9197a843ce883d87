using Parley.Client.Features.Rooms;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Channels;

/// <summary>A public room that everybody on the server sees.</summary>
/// <param name="Id">The channel.</param>
/// <param name="Name">Its name, without "#": 2 to 30 of <c>a-z 0-9 -</c>.</param>
/// <param name="Description">What it is for; may be empty.</param>
public sealed record Channel(ChannelId Id, string Name, string Description) : Room(Id);
