using System.Globalization;
using Parley.UI.Features.Messages;
using Parley.UI.Resources;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class MessageTimeTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 2, 14, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "2 January 2026")]
    [InlineData("en-GB", "2 January 2026")]
    [InlineData("en-US", "January 2, 2026")]
    [InlineData("de-DE", "2. Januar 2026")]
    [InlineData("hr-HR", "2. siječnja 2026.")]
    [InlineData("ja-JP", "2026年1月2日")]
    public void A_day_is_written_as_its_reader_would_write_it(string culture, string words)
    {
        using var _ = new Reader(culture);

        Assert.Equal(words, MessageTime.Day(Day));
    }

    [Theory]
    [InlineData("de-DE", "30.11.2026")]
    [InlineData("de-DE", " 30.11.26 ")]
    [InlineData("en-GB", "30/11/2026")]
    [InlineData("en-US", "11/30/2026")]
    [InlineData("en-US", "2026-11-30")]
    public void A_day_is_read_as_its_reader_writes_it(string culture, string text)
    {
        using var _ = new Reader(culture);

        Assert.True(MessageTime.TryReadDay(text, out var day));
        Assert.Equal(new DateOnly(2026, 11, 30), day);
        Assert.True(MessageTime.TryReadDay(MessageTime.ShortDay(day), out var again) && again == day);
        Assert.False(MessageTime.TryReadDay("soon", out var _));
    }

    [Theory]
    [InlineData("en", "de-DE", ClockChoice.System, "14:05")]
    [InlineData("en", "en-US", ClockChoice.System, "2:05\u202fPM")]
    [InlineData("en", "", ClockChoice.System, "2:05\u202fPM")]
    [InlineData("en", "en-US", ClockChoice.Hours24, "14:05")]
    [InlineData("de", "de-DE", ClockChoice.Hours12, "2:05 PM")]
    [InlineData("de", "en-US", ClockChoice.Hours24, "14:05")]
    public void Hours_are_counted_as_the_system_does_or_as_was_chosen(string language, string system, ClockChoice clock, string written) =>
        Assert.Equal(written, Day.ToString("t", Language.WithClock(CultureInfo.GetCultureInfo(language), CultureInfo.GetCultureInfo(system), clock)));

    [Fact]
    public void No_long_date_begins_its_day_with_a_zero()
    {
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(culture => culture.Calendar is GregorianCalendar))
        {
            using var _ = new Reader(culture.Name);

            Assert.DoesNotContain(
                "02", MessageTime.DayInWords(DateOnly.FromDateTime(Day.DateTime), new DateOnly(2026, 3, 1)).Replace("2026", "", StringComparison.Ordinal),
                StringComparison.Ordinal);
        }
    }

    // Whose formats hold until it is disposed of; the culture is of the running test alone.
    private sealed class Reader : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        internal Reader(string culture) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
