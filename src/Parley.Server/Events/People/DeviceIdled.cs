namespace Parley.Server.Events.People;

/// <summary>A connection says whether anybody is at its device. Nothing of it is stored; it is told as <see cref="StatusChosen"/> is.</summary>
internal sealed record DeviceIdled(Receiver Receiver, bool IsIdle) : FanOutChange;
