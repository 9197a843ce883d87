namespace Parley.Desktop.Windows;

/// <summary>The window that shows the interface. Whoever made it awaits <see cref="Ended"/>.</summary>
internal interface IAppWindow
{
    /// <summary>Ends when the window is gone: closed by the person, by <see cref="Close"/>, or by a fault of its own.</summary>
    Task<WindowEnd> Ended { get; }

    /// <summary>The page is there and answers. May be called from any thread.</summary>
    void PageIsAlive()
    {
    }

    /// <summary>Brings the window to the front, where there is one of ours. May be called from any thread.</summary>
    void Present()
    {
    }

    /// <summary>The desktop lets the window come to the front, when it is presented next. May be called from any thread.</summary>
    /// <param name="startupId">An activation token, or what stands for one on X11.</param>
    void Allow(string startupId)
    {
    }

    /// <summary>The person started Parley once more: they want to see it. May be called from any thread.</summary>
    /// <param name="startupId">What the desktop gave to that start.</param>
    /// <returns>Whether there is a window to see; an address helps, where there is none.</returns>
    bool BringUp(string? startupId);

    /// <summary>Closes the window. May be called from any thread, and more than once.</summary>
    void Close();
}

/// <summary>How a window ended.</summary>
internal enum WindowEnd
{
    /// <summary>It was closed.</summary>
    Closed,

    /// <summary>It shows nothing, or cannot go on; another kind may do better. It has said why on standard error.</summary>
    GaveUp,
}

/// <summary>The kinds of windows, the best first.</summary>
internal enum WindowKind
{
    /// <summary>A window of our own around WebKitGTK (Linux).</summary>
    WebKit,

    /// <summary>An installed browser of the Chromium family in app mode.</summary>
    Chromium,

    /// <summary>None: the address is printed, to be opened in any browser.</summary>
    None,
}
