using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.UI.Tests.Theme;

/// <summary>Reads tokens.css and holds each text to 4.5:1 on each ground that it stands on (WCAG 2.2, 1.4.3), and marks to 3:1 (1.4.11).</summary>
public sealed partial class ThemeContrastTests
{
    private static readonly string[] Themes = ["dark", "light", "contrast"];

    [Theory]
    [InlineData("--color-text", "deep side chat input hover active meant")]
    [InlineData("--color-text-soft", "deep side chat input hover active meant")]
    [InlineData("--color-text-muted", "deep side chat")]
    [InlineData("--color-text-muted-raised", "deep side chat input hover meant")]
    [InlineData("--color-link", "deep side chat")]
    [InlineData("--color-meant-link", "meant")]
    [InlineData("--color-danger-text", "deep side chat input")]
    [InlineData("--color-good-text", "side chat")]
    [InlineData("--color-warning", "side chat")]
    [InlineData("--color-code-comment", "side")]
    [InlineData("--color-code-string", "side")]
    [InlineData("--color-code-number", "side")]
    [InlineData("--color-code-keyword", "side")]
    [InlineData("--color-code-function", "side")]
    [InlineData("--color-code-type", "side")]
    public void A_text_can_be_read_on_each_of_its_grounds(string text, string grounds)
    {
        foreach (var ground in grounds.Split(' '))
            AssertContrast(text, $"--color-surface-{ground}", 4.5);
    }

    [Theory]
    [InlineData("--color-accent")]
    [InlineData("--color-accent-hover")]
    [InlineData("--color-danger")]
    [InlineData("--color-danger-hover")]
    public void Letters_can_be_read_on_a_filled_button(string ground) => AssertContrast("--color-text-on-accent", ground, 4.5);

    [Fact]
    public void Names_can_be_read_in_each_of_their_colours()
    {
        for (var hue = 0; hue < 10; hue++)
        {
            AssertContrast("--color-text-on-accent", $"--hue-{hue}", 4.5);
            AssertContrast($"--hue-text-{hue}", "--color-surface-chat", 4.5);
            AssertContrast($"--hue-text-{hue}", "--color-surface-meant", 4.5);
        }
    }

    [Fact]
    public void A_mention_can_be_read_and_its_mark_be_seen()
    {
        AssertContrast("--color-mention-text", "--color-mention", 4.5);
        AssertContrast("--color-meant-mark", "--color-surface-meant", 3);
    }

    [Theory]
    [InlineData("--color-focus")]
    [InlineData("--color-good")]
    [InlineData("--color-away")]
    [InlineData("--color-danger-mark")]
    public void A_mark_can_be_seen(string mark) => AssertContrast(mark, "--color-surface-side", 3);

    private static void AssertContrast(string text, string ground, double atLeast)
    {
        foreach (var theme in Themes)
        {
            var tokens = ReadTokens(theme);
            var (lighter, darker) = (Luminance(tokens[text]), Luminance(tokens[ground]));
            if (lighter < darker)
                (lighter, darker) = (darker, lighter);
            var ratio = (lighter + 0.05) / (darker + 0.05);
            Assert.True(ratio >= atLeast, string.Create(CultureInfo.InvariantCulture, $"{theme}: {text} on {ground}: {ratio:0.00}:1"));
        }
    }

    // WCAG 2.2, "relative luminance".
    private static double Luminance(string hex)
    {
        var rgb = int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 0xff)) + (0.0722 * Linear(rgb & 0xff));
    }

    private static double Linear(int channel)
    {
        var value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    // A theme's own block stands over what every theme has.
    private static Dictionary<string, string> ReadTokens(string theme)
    {
        var css = File.ReadAllText(Repository.PathOf("src", "Parley.UI", "wwwroot", "theme", "tokens.css"));
        var tokens = new Dictionary<string, string>();
        foreach (Match block in Block().Matches(css))
        {
            var of = block.Groups["theme"].Value;
            if (of.Length > 0 && of != theme)
                continue;
            foreach (Match token in Token().Matches(block.Groups["body"].Value))
                tokens[token.Groups["name"].Value] = token.Groups["value"].Value;
        }

        return tokens.ToDictionary(token => token.Key, token => Resolve(token.Value));

        string Resolve(string value) => Reference().Match(value) is { Success: true } match ? Resolve(tokens[match.Groups["name"].Value]) : value;
    }

    [GeneratedRegex(@"^:root(\[data-theme=""(?<theme>[a-z]+)""\])? \{(?<body>[^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\s*(?<name>--[a-z0-9-]+):\s*(?<value>#[0-9a-f]{6}|var\(--[a-z0-9-]+\));", RegexOptions.Multiline)]
    private static partial Regex Token();

    [GeneratedRegex(@"^var\((?<name>--[a-z0-9-]+)\)$")]
    private static partial Regex Reference();
}
