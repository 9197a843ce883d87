using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>An item for a connection that is held. Where it fails the connection is closed, since its hold would never end.</summary>
internal sealed class HeldItem(IFanOutItem item, Action broke) : IFanOutItem
{
    public void Apply(FanOut fanOut) => item.Apply(fanOut);

    public void Failed(FanOut fanOut, Exception reason)
    {
        item.Failed(fanOut, reason);
        broke();
    }
}
