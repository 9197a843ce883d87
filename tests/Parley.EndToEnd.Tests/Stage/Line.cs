using Microsoft.Playwright;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>The line from a desktop to its page. While it is held the page hears nothing, as on a machine that is busy; what it says still arrives.</summary>
internal sealed class Line
{
    private readonly Lock _gate = new();
    private readonly List<(IWebSocketRoute Page, IWebSocketFrame Frame)> _held = [];
    private bool _isHeld;

    /// <summary>Taps the line of a page that is loaded after this.</summary>
    public static async Task<Line> TapAsync(IPage page)
    {
        var line = new Line();
        await page.RouteWebSocketAsync("**/_blazor**", socket => socket.ConnectToServer().OnMessage(frame => line.Hear(socket, frame)));
        return line;
    }

    public void Hold()
    {
        lock (_gate)
            _isHeld = true;
    }

    public void LetGo()
    {
        lock (_gate)
        {
            _isHeld = false;
            foreach (var (page, frame) in _held)
                Pass(page, frame);
            _held.Clear();
        }
    }

    private void Hear(IWebSocketRoute page, IWebSocketFrame frame)
    {
        lock (_gate)
        {
            if (_isHeld)
                _held.Add((page, frame));
            else
                Pass(page, frame);
        }
    }

    // All that this line carries is binary.
    private static void Pass(IWebSocketRoute page, IWebSocketFrame frame) => page.Send(frame.Binary ?? []);
}
