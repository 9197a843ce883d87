using Microsoft.JSInterop;

namespace Parley.UI.Interop;

/// <summary>Called by a page whose window is closing. Calls arrive in order, so when this one is answered, all earlier ones have arrived.</summary>
public static class PageFlush
{
    /// <summary>The assembly that the page calls.</summary>
    public const string Assembly = "Parley.UI";

    /// <summary>The method that the page calls.</summary>
    public const string Method = "Flush";

    /// <summary>Does nothing but answer.</summary>
    [JSInvokable(Method)]
    public static void Answer()
    {
    }
}
