namespace Parley.Server.Events;

/// <summary>Something for the fan-out's thread to do, in the order in which it was posted.</summary>
internal interface IFanOutItem
{
    void Apply(FanOut fanOut);

    /// <summary>It could not be done, or not to its end. The fan-out has logged it; whoever waits for an answer gets one here.</summary>
    void Failed(FanOut fanOut, Exception reason)
    {
    }
}
