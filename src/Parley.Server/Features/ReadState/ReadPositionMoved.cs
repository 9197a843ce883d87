using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Features.ReadState;

/// <summary>A user's read position moved; the user's other connections clear their signs.</summary>
internal sealed record ReadPositionMoved(UserId User, ReadMoved Moved) : ServerEvent(Audience.OfUser(User), Message: Moved);
