using System.Text;
using AngleSharp.Dom;
using Parley.Protocol.Tests.Text;
using Parley.UI.Features.Messages;

namespace Parley.UI.Tests.Features;

/// <summary>What the screen shows of the examples of docs/chat-text.md, read back from its elements into the notation of the page.</summary>
public sealed class MessageTextExampleTests
{
    // What a browser cannot be told, or takes for another sign.
    private static readonly string[] BeyondMarkup = ["\\u0000", "\\uD83D", "\\uDE00"];

    [Fact]
    public async Task The_screen_shows_every_example_as_the_page_says()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var wrong = new List<string>();
        foreach (var (typed, shown) in ChatTextExamples.All.Where(example => !BeyondMarkup.Any(sign => example.Typed.Contains(sign, StringComparison.Ordinal))))
        {
            var text = ui.Render<MessageText>(parameters => parameters.Add(text => text.Content, ChatTextExamples.Unescape(typed)));
            var seen = Children(text.Find(".text"));
            if (seen.Replace("\n", "\\n", StringComparison.Ordinal) != ChatTextExamples.Unescape(shown).Replace("\n", "\\n", StringComparison.Ordinal))
                wrong.Add($"{typed}\n   should be {shown}\n   and is    {seen}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Children(INode node) => string.Concat(node.ChildNodes.Select(Of));

    private static string Of(INode node)
    {
        if (node is not IElement element)
            return node is IText text ? text.Data : "";
        return element.LocalName switch
        {
            "strong" => Named("bold", element),
            "em" => Named("italic", element),
            "u" => Named("underline", element),
            "del" => Named("strike", element),
            "blockquote" => Named("quote", element),
            "ul" or "ol" => Named("list", element),
            "li" => Named(element.GetAttribute("value") is { } value ? Mark(value, element.ClassName ?? "") : "-", element),
            "time" => $"time({element.GetAttribute("data-style")} {element.GetAttribute("datetime")})",
            "a" => Link(element),
            "button" or "bdi" => Name(element),
            _ => OfClass(element),
        };
    }

    private static string OfClass(IElement element)
    {
        if (element.ClassList.Contains("text__title"))
            return Named("h" + element.ClassName![^1], element);
        if (element.ClassList.Contains("text__small"))
            return Named("small", element);
        if (element.ClassList.Contains("text__code"))
            return Named("code", element);
        if (element.ClassList.Contains("text__emoji"))
            return $"emoji({element.GetAttribute("title")})";
        if (element.ClassList.Contains("spoiler"))
            return Named("hidden", element.QuerySelector(".spoiler__text")!);
        if (element.ClassList.Contains("text__mention"))
            return Name(element);
        if (element.ClassList.Contains("code"))
            return $"block{(element.QuerySelector(".code__language") is { } language ? ":" + language.TextContent : "")}({element.QuerySelector("pre code")!.TextContent})";
        return Children(element);
    }

    private static string Mark(string value, string classes) => classes.Length == 0
        ? value + "."
        : value.PadLeft(classes.TrimEnd('p')[^1] - '0', '0') + (classes.EndsWith('p') ? ")" : ".");

    private static string Link(IElement element)
    {
        if (element.TextContent.StartsWith('#') && element.GetAttribute("target") is null)
            return $"channel({element.TextContent})";
        var words = Children(element);
        var address = element.GetAttribute("href")!;
        return words == address ? $"link({address})" : $"link({words}: {address})";
    }

    // Members are shown with the letters of their own names.
    private static string Name(IElement element) => element.TextContent switch
    {
        ['@', ..] => $"name({element.TextContent})",
        ['#', ..] => $"channel({element.TextContent})",
        var other => other,
    };

    private static string Named(string name, IElement element) => new StringBuilder(name).Append('(').Append(Children(element)).Append(')').ToString();
}
