using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>What axe finds on a page: contrast, names, roles, landmarks.</summary>
internal static class Axe
{
    private static readonly string[] Themes = ["light", "contrast", "dark"];

    /// <summary>Looks at the page as it stands, in every theme, and fails at the first finding.</summary>
    internal static async Task FindNothingAsync(IPage page)
    {
        foreach (var theme in Themes)
        {
            await page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme }", theme);
            var found = await page.RunAxe();
            Assert.True(found.Violations.Length == 0, $"In the theme {theme}:\n{string.Join('\n', found.Violations.Select(v =>
                $"{v.Id}: {v.Help}\n{string.Join('\n', v.Nodes.Select(n => $"    {n.Html}\n    {string.Join("; ", n.Any.Concat(n.All).Select(c => c.Message))}"))}"))}");
        }
    }
}
