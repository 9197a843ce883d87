namespace Parley.UI.State;

/// <summary>The window that the interface is shown in, where there is one.</summary>
public interface IHostWindow
{
    /// <summary>Closes the window, and with it the program.</summary>
    void Close();
}
