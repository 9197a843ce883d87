using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>The page of primitives that only a Debug build has.</summary>
public sealed class GalleryTests(Browser browser)
{
    [Fact]
    public async Task Every_primitive_is_in_it_and_free_of_findings_in_every_theme()
    {
        var primitives = Directory.EnumerateFiles(Repository.PathOf("src", "Parley.UI", "Primitives"), "*.razor").Select(Path.GetFileNameWithoutExtension);
        using var data = new TempFolder();
        await using var desktop = DesktopProcess.StartDebug(data.Path);
        await using var context = await browser.NewContextAsync(1280, 800, bypassPolicy: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync((await desktop.AddressAsync()).AbsoluteUri); // The door opens once; behind it is every page.

        await page.GotoAsync(new Uri(new Uri(page.Url), "gallery").AbsoluteUri);

        await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Gallery" })).ToBeVisibleAsync();
        await Expect(page.Locator("#splash")).ToBeHiddenAsync();
        Assert.Empty(primitives.Except(await page.Locator("h2").AllInnerTextsAsync()));
        await Axe.FindNothingAsync(page);
    }
}
