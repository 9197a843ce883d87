using Parley.Protocol.Text;

namespace Parley.Protocol.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("it was ||the\nbutler||, not ||Ann||!", "it was ▒▒▒, not ▒▒▒!")]
    [InlineData("||a\n\n> b\n- c||\nd", "▒▒▒\nd")]
    [InlineData("||```js\nlet a;\n```||", "▒▒▒")]
    [InlineData("||a `b||c` d", "▒▒▒ d")]
    [InlineData("**||a|| b**", "▒▒▒ b")]
    [InlineData("**a** _b_ `c` ~~d~~", "a b c d")]
    [InlineData("# Title\ntext", "Title\ntext")]
    [InlineData("- a\n  - b\n1. c", "• a\n  • b\n1. c")]
    [InlineData("> a\n> b\nc", "> a\n> b\nc")]
    [InlineData("look: ```js\nlet a;\n``` there", "look: \nlet a;\n there")]
    [InlineData("[https://bank.example](https://evil.example)", "https://bank.example (evil.example)")]
    [InlineData("||[https://bank.example](https://evil.example)||", "▒▒▒")]
    [InlineData("\\*a\\* @bob #general", "*a* @bob #general")]
    [InlineData("<t:0> :smile: :nothing:", "then 😄 :nothing:")]
    [InlineData("https://раypal.com", "https://xn--ypal-43d9g.com")]
    public void Plain_text_has_no_marks_and_no_secrets(string typed, string plain) =>
        Assert.Equal(plain, new PlainText(_ => "then", name => name == "smile" ? "😄" : null).Of(ChatText.Parse(typed)));

    [Theory]
    [InlineData("words", "https://a.example", null)]
    [InlineData("a.example", "https://A.example/b", null)]
    [InlineData("HTTPS://A.EXAMPLE.", "https://a.example", null)]
    [InlineData("münchen.example", "https://xn--mnchen-3ya.example", null)]
    [InlineData("see (b.example)", "https://a.example", "a.example")]
    [InlineData("https://b.example:443/", "https://a.example:444/", "a.example")]
    [InlineData("xn--mnchen-3ya.example", "https://a.example", "a.example")]
    [InlineData("http://[::1]/", "http://[::2]/", "[::2]")]
    [InlineData("b\u202E.example", "https://a.example", "a.example")]
    [InlineData("\ud83d.example", "https://a.example", "a.example")]
    [InlineData("e.g. 2.5", "https://a.example", null)]
    public void The_true_host_is_told_where_words_name_another(string words, string address, string? told) =>
        Assert.Equal(told, HostNames.Beside(words, address));
}
