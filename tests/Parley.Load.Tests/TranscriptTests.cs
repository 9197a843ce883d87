using Parley.Load.Replay;

namespace Parley.Load.Tests;

public class TranscriptTests
{
    [Fact]
    public void A_line_is_time_nick_kind_and_text_and_the_text_keeps_its_tabs_and_carriage_returns()
    {
        var lines = Transcript.Parse(new StringReader("2004-11-15T01:00Z\tbob\tmessage\ta\tb\rc\n2004-11-15T01:01Z\tEve\taction\twaves"));

        Assert.Equal([new TranscriptLine("bob", false, "a\tb\rc"), new TranscriptLine("Eve", true, "waves")], lines);
    }

    [Fact]
    public void A_line_that_is_no_line_of_a_transcript_is_named_by_its_number()
    {
        var e = Assert.Throws<InvalidDataException>(() => Transcript.Parse(new StringReader("t\tbob\tmessage\tx\nnonsense\n")));

        Assert.Contains("Line 2", e.Message, StringComparison.Ordinal);
    }
}
