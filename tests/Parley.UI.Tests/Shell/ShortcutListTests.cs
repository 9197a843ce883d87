using System.Text.RegularExpressions;
using Parley.UI.Shell;

namespace Parley.UI.Tests.Shell;

public sealed partial class ShortcutListTests
{
    [Fact]
    public async Task Every_shortcut_that_the_screen_listens_to_is_in_the_list()
    {
        await using var ui = new UiContext();
        var rows = ui.Render<ShortcutList>().FindAll("dt").Select(row => row.QuerySelectorAll("kbd").Select(key => key.TextContent).ToHashSet()).ToList();
        var module = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src/Parley.UI/wwwroot/shortcuts.js"));

        var shortcuts = Shortcut().Matches(module).Select(found => found.Groups[1].Value).ToList();

        Assert.Equal(13, shortcuts.Count);
        Assert.All(shortcuts, keys => Assert.Contains(rows, row => Modifiers(row).SetEquals(Modifiers(keys.Split(' '))) && row.Contains(keys.Split(' ')[^1])));
    }

    private static HashSet<string> Modifiers(IEnumerable<string> keys) => [.. keys.Where(key => key is "Ctrl" or "Alt" or "Shift")];

    [GeneratedRegex(@"^  [A-Z]\w+: '([^']+)',", RegexOptions.Multiline)]
    private static partial Regex Shortcut();
}
