namespace Parley.Server.Events;

/// <summary>Something for the fan-out's thread to do, in the order in which it was posted.</summary>
internal interface IFanOutItem
{
    void Apply(FanOut fanOut);

    /// <summary>The item failed, perhaps half way. The fan-out has logged it; an asker that waits is answered here.</summary>
    void Failed(FanOut fanOut, Exception reason)
    {
    }
}
