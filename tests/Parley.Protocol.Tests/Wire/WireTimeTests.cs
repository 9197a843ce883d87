using System.Globalization;
using System.Text.Json;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

public sealed class WireTimeTests
{
    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000000+00:00")]
    [InlineData(1, "1970-01-01T00:00:00.000001+00:00")]
    [InlineData(-1, "1969-12-31T23:59:59.999999+00:00")]
    [InlineData(1_767_323_045_678_901, "2026-01-02T03:04:05.678901+00:00")]
    public void A_time_has_six_digits_and_is_in_UTC(long microseconds, string text)
    {
        Assert.Equal(text, WireTime.ToText(WireTime.FromMicroseconds(microseconds)));
        Assert.Equal(microseconds, WireTime.ToMicroseconds(WireTime.FromMicroseconds(microseconds)));
    }

    [Fact]
    public void A_time_of_another_zone_is_written_in_UTC()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(5.5));

        Assert.Equal("2026-01-01T21:34:05.000000+00:00", WireTime.ToText(time));
    }

    [Fact]
    public void What_is_finer_than_a_microsecond_is_cut_alike_in_text_and_in_number()
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks(19);

        Assert.Equal(1, WireTime.ToMicroseconds(time));
        Assert.EndsWith("00.000001+00:00", WireTime.ToText(time), StringComparison.Ordinal);
    }

    [Fact]
    public void The_calendar_of_the_machine_does_not_show()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
        try
        {
            var json = JsonSerializer.Serialize(new ActionSaid("c", "s", "x", DateTimeOffset.UnixEpoch), ProtocolJson.Default.ActionSaid);

            Assert.Contains(
                "\"timestamp\":\"1970-01-01T00:00:00.000000+00:00\"", json.Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("5")]
    public void What_is_no_time_is_refused(string value) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($$"""{"timestamp":{{value}}}""", ProtocolJson.Default.ActionSaid));
}
