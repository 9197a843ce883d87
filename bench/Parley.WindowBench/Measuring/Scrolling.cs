namespace Parley.WindowBench.Measuring;

/// <summary>Through thousands of messages with the wheel, up and then down again, looked at in every frame.</summary>
internal static class Scrolling
{
    // A wheel turned without a rest; WebKitGTK scrolls by some 80 pixels a notch, two to four lines.
    private const int NotchesPerSecond = 60;
    private const int Notches = 2_400;

    internal static async Task MeasureAsync(Page page, Screen screen, Figures figures)
    {
        await MeasureAsync(page, screen, "scroll_up", -Notches, figures);
        await MeasureAsync(page, screen, "scroll_down", Notches / 2, figures);
    }

    private static async Task MeasureAsync(Page page, Screen screen, string name, int notches, Figures figures)
    {
        await page.RunAsync(Page.Script("Scrolling.js"));
        await screen.TurnWheelAsync(Page.ListX, Page.ListY, notches, NotchesPerSecond);
        var seen = await page.RunAsync("return window.endScrolling()");
        figures.Add($"{name}_messages", Number("messages"));
        figures.Add($"{name}_seconds", Number("seconds"));
        figures.Add($"{name}_wheel_followed_percent", 100 * Number("moved") / Number("turned"));
        figures.Add($"{name}_longest_blank_ms", Number("longestBlank"));
        figures.Add($"{name}_blank_ms", Number("blank"));
        figures.Add($"{name}_frames", Number("frames"));
        figures.Add($"{name}_frames_over_50_ms", Number("slowFrames"));
        figures.Add($"{name}_longest_frame_ms", Number("longestFrame"));

        double Number(string figure) => seen.GetProperty(figure).GetDouble();
    }
}
