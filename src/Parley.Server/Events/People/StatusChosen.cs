using Parley.Protocol.Wire;

namespace Parley.Server.Events.People;

/// <summary>Somebody chose a status. Who is here keeps it, and it is told with the next <see cref="MembersChanged"/>.</summary>
internal sealed record StatusChosen(UserId User, ChosenStatus Chosen) : FanOutChange;
