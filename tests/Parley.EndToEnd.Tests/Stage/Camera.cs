using Microsoft.Playwright;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>
/// Pictures of screens, at the sizes and in the themes that people have, each of which must fit its window. They lie in <c>artifacts/screenshots</c>; those
/// that the documents show are put into docs/ where PARLEY_UPDATE_SCREENSHOTS asks for it: a run leaves the checkout clean.
/// </summary>
internal static class Camera
{
    private static readonly string Artifacts = Repository.PathOf("artifacts", "screenshots");

    private static readonly string Documents = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PARLEY_UPDATE_SCREENSHOTS"))
        ? Artifacts
        : Repository.PathOf("docs", "screenshots");

    private static readonly (int Width, int Height)[] Sizes = [(900, 600), (1280, 800), (1920, 1080)];
    private static readonly string[] Themes = ["dark", "light"];

    /// <summary>A picture for the documents.</summary>
    /// <param name="page">What is photographed.</param>
    /// <param name="screen">The name of the picture.</param>
    /// <param name="sizes">In CSS pixels; none means all that people have.</param>
    internal static Task PhotographAsync(IPage page, string screen, params (int Width, int Height)[] sizes) =>
        PhotographAsync(page, screen, Documents, Themes, sizes.Length > 0 ? sizes : Sizes);

    /// <summary>A picture to be looked at, of what no document shows.</summary>
    internal static Task LookAtAsync(IPage page, string screen, string[]? themes = null, params (int Width, int Height)[] sizes) =>
        PhotographAsync(page, screen, Artifacts, themes ?? Themes, sizes.Length > 0 ? sizes : Sizes);

    private static async Task PhotographAsync(IPage page, string screen, string folder, string[] themes, (int Width, int Height)[] sizes)
    {
        Directory.CreateDirectory(folder);
        await page.Mouse.MoveAsync(500, 24); // Out of the way: what it hovers over is lit.
        foreach (var theme in themes)
        {
            await page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme }", theme);
            foreach (var (width, height) in sizes)
            {
                await page.SetViewportSizeAsync(width, height);
                await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
                var picture = await page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(folder, $"{screen}-{width}x{height}-{theme}.png"),
                    Animations = ScreenshotAnimations.Disabled,
                    Caret = ScreenshotCaret.Hide,
                });

                Assert.InRange(picture.Length, 10_000, 2_000_000); // A blank page of these sizes has less.
                Assert.False(
                    await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"),
                    $"{screen} does not fit {width} x {height}.");
            }
        }
    }
}
