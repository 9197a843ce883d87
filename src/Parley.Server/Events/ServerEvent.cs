using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>
/// Something that happened and was committed: data, and nothing else. It knows no receiver and no dialect; how it is told stands in the dialects' folders
/// (Doors/).
/// </summary>
/// <param name="Audience">Who may hear of it.</param>
/// <param name="Position">Its number in a log; null for what has none.</param>
/// <param name="Message">The protocol's own record of it, which level 2 says as it is; null where the protocol has none.</param>
internal abstract record ServerEvent(Audience Audience, EventPosition? Position = null, ServerMessage? Message = null);
