using System.Text.Json;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

/// <summary>Fields of the wrong JSON type: a <see cref="JsonException"/> each, which is what the server answers with "Invalid message format.".</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""["text"]""")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    public void Text_is_text_and_nothing_else(string value)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"content":{{value}}}""", ProtocolJson.Default.SayMessage));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"username":{{value}}}""", ProtocolJson.Default.Register));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"nonce":{{value}}}""", ProtocolJson.Default.SayPrivately));
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("9223372036854775808")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("""{"value":1}""")]
    public void An_integer_is_an_integer_and_nothing_else(string value)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"channel_id":{{value}}}""", ProtocolJson.Default.SayMessage));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"number":{{value}}}""", ProtocolJson.Default.MarkRead));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"after":{{value}}}""", ProtocolJson.Default.ReadHistory));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"limit":{{value}}}""", ProtocolJson.Default.ReadHistory));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(500_000)]
    public void A_bomb_in_the_place_of_a_field_is_of_the_wrong_type_and_no_more(int depth)
    {
        var bomb = new string('[', depth) + new string(']', depth);

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"content":{{bomb}}}""", ProtocolJson.Default.SayMessage));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"channel_id":{{bomb}}}""", ProtocolJson.Default.SayMessage));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"ref":{{bomb}}}""", ProtocolJson.Default.SayMessage));
    }

    [Fact]
    public void Names_of_fields_are_told_apart_by_case_and_the_last_one_of_a_name_counts()
    {
        var message = JsonSerializer.Deserialize("""{"Content":"no","content":"one","content":"two"}""", ProtocolJson.Default.SayMessage);

        Assert.Equal("two", message?.Content);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    [InlineData("\"a\\u0041\"")]
    public void A_ref_goes_through_a_message_to_the_letter(string reference)
    {
        var json = $$"""{"type":"ping","ref":{{reference}}}""";

        var ping = JsonSerializer.Deserialize(json, ProtocolJson.Default.Ping)!;

        Assert.Equal(Examples.Frame(json), FrameWriter.ToFrame(ping, ProtocolJson.Default.Ping));
    }

    [Fact]
    public void A_ref_that_is_a_number_gives_its_number()
    {
        Assert.Equal(-7, RequestRef.FromNumber(-7).Number);
        Assert.Equal("-7", RequestRef.FromNumber(-7).Json);
        Assert.Null(FrameHead.Read("""{"type":"x","ref":"7"}"""u8).Ref?.Number);
    }
}
