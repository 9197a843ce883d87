using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Parley.EndToEnd.Tests.Stage;

/// <summary>What axe finds on a page: contrast, names, roles, landmarks.</summary>
internal static class Axe
{
    private static readonly string[] Themes = ["light", "contrast", "dark"];

    // What is well is not sent over: it is most of a page.
    private static readonly AxeRunOptions Options = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>Looks at the page as it stands, in every theme, and fails at the first finding.</summary>
    /// <param name="page">The page.</param>
    /// <param name="without">A selector of what is not looked at, because there is very much of the same.</param>
    internal static async Task FindNothingAsync(IPage page, string? without = null)
    {
        var context = new AxeRunContext { Include = [new AxeSelector("html")] };
        if (without is not null)
            context.Exclude = [new AxeSelector(without)];
        foreach (var theme in Themes)
        {
            await page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme }", theme);
#pragma warning disable CS0618 // It looks at one page without its frames, and ours have none: the other way opens one more page, thus a process, each time.
            var found = await page.RunAxeLegacy(context, Options);
#pragma warning restore CS0618
            Assert.True(found.Violations.Length == 0, $"In the theme {theme}:\n{string.Join('\n', found.Violations.Select(v =>
                $"{v.Id}: {v.Help}\n{string.Join('\n', v.Nodes.Select(n => $"    {n.Html}\n    {string.Join("; ", n.Any.Concat(n.All).Select(c => c.Message))}"))}"))}");
        }
    }
}
