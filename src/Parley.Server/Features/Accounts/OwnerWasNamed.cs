using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Features.Accounts;

/// <summary>The server has another owner.</summary>
internal sealed record OwnerWasNamed(string? ServerName, UserId Owner) : ServerEvent(Audience.Everyone, Message: new ServerChanged(ServerName, Owner));
