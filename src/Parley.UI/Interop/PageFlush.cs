using Microsoft.JSInterop;

namespace Parley.UI.Interop;

/// <summary>The last word of a page whose window closes: what the page said before it has arrived when this is answered.</summary>
public static class PageFlush
{
    /// <summary>The assembly that the page calls.</summary>
    public const string Assembly = "Parley.UI";

    /// <summary>The method that the page calls.</summary>
    public const string Method = "Flush";

    /// <summary>Answers.</summary>
    [JSInvokable(Method)]
    public static void Answer()
    {
    }
}
