using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>What is told to a connection while events are held for it. Where it fails the connection is closed: its hold would never end.</summary>
internal sealed class HeldItem(IFanOutItem item, Action broke) : IFanOutItem
{
    public void Apply(FanOut fanOut) => item.Apply(fanOut);

    public void Failed(FanOut fanOut, Exception reason)
    {
        item.Failed(fanOut, reason);
        broke();
    }
}
