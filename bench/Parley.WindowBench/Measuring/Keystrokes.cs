namespace Parley.WindowBench.Measuring;

/// <summary>Types while others talk in the channel in view: from the key's event to the end of the frame that paints the letter.</summary>
internal static class Keystrokes
{
    private const int Count = 200;
    private const int ApartMilliseconds = 80;
    private const int MessagesPerSecond = 50;

    internal static async Task MeasureAsync(Page page, Screen screen, Talker talker, Figures figures)
    {
        await page.RunAsync("document.querySelector('.messages__jump')?.click()");
        await page.RunAsync(Page.Script("Keystrokes.js"));
        await screen.FocusAsync(Desktop.Title);
        using var typed = new CancellationTokenSource();
        var talking = talker.SayAsync(int.MaxValue, MessagesPerSecond, typed.Token);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await screen.TypeAsync(string.Concat(Enumerable.Repeat("what a day ", Count / 11 + 1))[..Count], ApartMilliseconds);
        await typed.CancelAsync();
        await talking;
        var times = (await page.RunAsync("return window.endKeystrokes()")).EnumerateArray().Select(time => time.GetDouble()).ToList();
        figures.AddTimes("keystroke", times);
    }
}
