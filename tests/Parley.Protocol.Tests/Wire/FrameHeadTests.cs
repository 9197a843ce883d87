using System.Text;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

public sealed class FrameHeadTests
{
    // Legal JSON nests as deep as a payload is long; half a frame of brackets is the deepest there can be.
    private const int DeepestBomb = 524_288;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("[1,]")]
    [InlineData("""{"type":"ping",}""")]
    [InlineData("""{"type":"ping"} // so it goes""")]
    [InlineData("{'type':'ping'}")]
    [InlineData("""{"type":"ping","x":01}""")]
    [InlineData("""{"type":"ping","x":NaN}""")]
    [InlineData("""{"type":"ping","x":"\x"}""")]
    [InlineData("{\"type\":\"pi\nng\"}")]
    [InlineData("""{"type":"ping"}]""")]
    [InlineData("nul")]
    [InlineData("\uFEFF{\"type\":\"ping\"}")] // A byte order mark is no JSON (RFC 8259 section 8.1).
    public void What_is_not_JSON_is_NotJson(string text) => Assert.Equal(PayloadKind.NotJson, Head(text).Kind);

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })] // An overlong slash.
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })] // Half of a surrogate pair.
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })] // Above U+10FFFF.
    [InlineData(new byte[] { 0xE2, 0x82 })] // A euro sign cut short.
    [InlineData(new byte[] { 0x80 })] // A continuation of nothing.
    public void Broken_UTF8_is_NotJson_wherever_it_stands(byte[] broken)
    {
        Assert.Equal(PayloadKind.NotJson, FrameHead.Read(broken).Kind);
        Assert.Equal(PayloadKind.NotJson, FrameHead.Read([.. """{"type":"ping","x":" """u8, .. broken, .. "\"}"u8]).Kind);
        Assert.Equal(PayloadKind.NotJson, FrameHead.Read([.. "{\""u8, .. broken, .. "\":1,\"type\":\"ping\"}"u8]).Kind);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("0")]
    [InlineData("\"type\"")]
    [InlineData("[]")]
    [InlineData("""[{"type":"ping"}]""")]
    [InlineData("{}")]
    [InlineData(""" { } """)]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"type":["ping"]}""")]
    [InlineData("""{"type":{"type":"ping"}}""")]
    [InlineData("""{"x":{"type":"ping"}}""")]
    [InlineData("""{"Type":"ping"}""")]
    [InlineData("""{"type":"\ud800"}""")] // Half of a pair is JSON by its grammar, but no text.
    public void JSON_without_a_type_of_text_is_Malformed(string text)
    {
        var head = Head(text);

        Assert.Equal(PayloadKind.Malformed, head.Kind);
        Assert.Null(head.Type);
    }

    [Theory]
    [InlineData("""{"type":"ping"}""", "ping")]
    [InlineData(""" { "a" : [ { "type" : 1 } ] , "type" : "ping" } """, "ping")]
    [InlineData("""{"\u0074ype":"p\u0069ng"}""", "ping")]
    [InlineData("""{"type":""}""", "")]
    [InlineData("""{"type":"Ping"}""", "Ping")]
    [InlineData("""{"type":"no such type, ünd 👋"}""", "no such type, ünd 👋")]
    [InlineData("""{"\ud800":1,"type":"ping"}""", "ping")]
    [InlineData("""{"x":"\ud800","type":"ping"}""", "ping")]
    [InlineData("""{"type":"one","type":"two"}""", "two")] // The last one of a name counts, as everywhere in System.Text.Json.
    [InlineData("""{"type":1,"type":"two"}""", "two")]
    [InlineData("""{"":"","type":"ping"}""", "ping")]
    public void The_type_is_the_text_at_the_top(string text, string type)
    {
        var head = Head(text);

        Assert.Equal(PayloadKind.Message, head.Kind);
        Assert.Equal(type, head.Type);
    }

    [Fact]
    public void A_type_that_a_later_one_of_the_wrong_kind_replaces_is_Malformed() =>
        Assert.Equal(PayloadKind.Malformed, Head("""{"type":"one","type":2}""").Kind);

    [Theory]
    [InlineData("1")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("\"a\"")]
    [InlineData("\"\"")]
    [InlineData("\"\\u0041\\n\"")]
    [InlineData("\"ünd 👋\"")]
    public void A_proper_ref_is_kept_to_the_letter(string reference)
    {
        var head = Head($$"""{"ref":{{reference}},"type":"ping"}""");

        Assert.Equal(reference, head.Ref?.Json);
        Assert.False(head.HasImproperRef);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("""{"a":1}""")]
    public void A_ref_of_another_kind_is_improper(string reference)
    {
        var head = Head($$"""{"type":"ping","ref":{{reference}}}""");

        Assert.Equal(PayloadKind.Message, head.Kind);
        Assert.Equal("ping", head.Type);
        Assert.True(head.HasImproperRef);
        Assert.Null(head.Ref);
    }

    [Theory]
    [InlineData("""{"type":"ping"}""")]
    [InlineData("""{"type":"ping","ref":null}""")]
    [InlineData("""{"type":"ping","ref":1,"ref":null}""")]
    [InlineData("""{"type":"ping","x":{"ref":1}}""")]
    public void No_ref_and_a_null_one_are_the_same(string text)
    {
        Assert.Null(Head(text).Ref);
        Assert.False(Head(text).HasImproperRef);
    }

    [Fact]
    public void A_ref_of_text_takes_66_bytes_as_written_quotes_included()
    {
        Assert.Equal($"\"{new string('x', 64)}\"", Head($$"""{"type":"ping","ref":"{{new string('x', 64)}}"}""").Ref?.Json);
        Assert.True(Head($$"""{"type":"ping","ref":"{{new string('x', 65)}}"}""").HasImproperRef);
        Assert.True(Head($$"""{"type":"ping","ref":"{{new string('é', 33)}}"}""").HasImproperRef);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(DeepestBomb)]
    public void A_nested_bomb_is_legal_JSON(int depth)
    {
        Assert.Equal(PayloadKind.Malformed, Head(Bomb(depth)).Kind);
        Assert.Equal(PayloadKind.NotJson, Head(new string('[', depth)).Kind);

        var inside = Head($$"""{"type":"ping","x":{{Bomb(depth - 20)}},"ref":1}""");

        Assert.Equal(PayloadKind.Message, inside.Kind);
        Assert.Equal("ping", inside.Type);
        Assert.Equal("1", inside.Ref?.Json);
    }

    [Fact]
    public void A_bomb_of_objects_is_legal_JSON()
    {
        var text = string.Concat(Enumerable.Repeat("{\"type\":", 100_000)) + "1" + new string('}', 100_000);

        Assert.Equal(PayloadKind.Malformed, Head(text).Kind);
    }

    [Theory]
    [MemberData(nameof(ExamplesAndTypes))]
    public void The_head_of_every_example_is_its_type_and_its_ref(string json)
    {
        var head = Head(json);

        Assert.Equal(PayloadKind.Message, head.Kind);
        Assert.StartsWith($"{{\"type\":\"{head.Type}\"", json, StringComparison.Ordinal);
        Assert.Equal(json.Contains("\"ref\":", StringComparison.Ordinal), head.Ref is not null);
    }

    public static TheoryData<string> ExamplesAndTypes => [.. Examples.All];

    private static string Bomb(int depth) => new string('[', depth) + new string(']', depth);

    private static FrameHead Head(string text) => FrameHead.Read(Encoding.UTF8.GetBytes(text));
}
