using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

public sealed class EncoderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("\"\\", "\\\"\\\\")]
    [InlineData("\n\r\t\b\f", "\\n\\r\\t\\u0008\\u000c")]
    [InlineData("a\u0000b\u001fc", "a\\u0000b\\u001fc")]
    [InlineData("</script>&'+\u007f\u2028\u2029", "</script>&'+\u007f\u2028\u2029")]
    [InlineData("é€👋🏽👩‍👩‍👧", "é€👋🏽👩‍👩‍👧")]
    public void Only_what_JSON_demands_is_escaped(string text, string written) => Assert.Equal($"\"{written}\"", Written(text));

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character()
    {
        // Written with escapes: an attribute could not carry them.
        Assert.Equal("\"a\uFFFDb\"", Written("a\uD800b"));
        Assert.Equal("\"\uFFFD\"", Written("\uDC00"));
        Assert.Equal("\"\uFFFD👋\uFFFD\"", Written("\uD800👋\uD800"));
        Assert.Equal("\"👋\uFFFD\\n\"", Written("👋\uDFFF\n"));
    }

    [Fact]
    public void Any_text_reads_as_it_was_written_however_long_it_is()
    {
        var texts =
            from head in Gen.Choose(0, 300).Select(n => new string('x', n)) // Moves what follows over the edges of the writer's blocks.
            from tail in ArbMap.Default.GeneratorFor<string>()
            select head + tail + head;

        Prop.ForAll(Arb.From(texts), text => Read(Written(text)) == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static string Written(string text)
    {
        var frame = FrameWriter.ToFrame(new SystemMessage(text), ProtocolJson.Default.SystemMessage);
        const string Before = "{\"type\":\"system\",\"message\":";
        return Encoding.UTF8.GetString(frame.AsSpan(FrameLimits.HeaderBytes))[Before.Length..^1];
    }

    private static string? Read(string json) => JsonSerializer.Deserialize<string>(json);
}
