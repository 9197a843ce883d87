using Parley.Client.Connection;

namespace Parley.Client.Tests.Connection;

public sealed class FingerprintTests
{
    private static readonly string Hex = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [Fact]
    public void What_a_server_prints_and_what_people_paste_is_read_alike()
    {
        var expected = Fingerprint.Parse(Hex);
        var pairs = string.Join(':', Hex.Chunk(2).Select(pair => new string(pair)));

        Assert.NotNull(expected);
        Assert.Equal(expected, Fingerprint.Parse(pairs.ToUpperInvariant()));
        Assert.Equal(expected, Fingerprint.Parse($"  SHA256:{Hex} "));
        Assert.Equal(expected, Fingerprint.Parse($"SHA-256 {pairs}"));
        Assert.Equal(expected, Fingerprint.Parse(expected.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("no fingerprint at all")]
    public void Text_that_is_no_fingerprint_reads_as_none(string? text)
    {
        Assert.Null(Fingerprint.Parse(text));
        Assert.Null(Fingerprint.Parse(Hex + "00"));
        Assert.Null(Fingerprint.Parse(Hex[..^1] + "g"));
    }
}
