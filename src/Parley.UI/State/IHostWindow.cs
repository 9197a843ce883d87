namespace Parley.UI.State;

/// <summary>The window that the interface is shown in, where there is one.</summary>
public interface IHostWindow
{
    /// <summary>Brings the window to the front, as far as the desktop allows it.</summary>
    void Present();

    /// <summary>Closes the window, and with it the program.</summary>
    void Close();
}
