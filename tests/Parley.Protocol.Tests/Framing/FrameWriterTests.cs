using System.Buffers;
using System.Text;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Framing;

public sealed class FrameWriterTests
{
    // {"type":"system","message":""}
    private const int EmptySystemMessageBytes = 30;

    [Fact]
    public void A_frame_is_the_length_of_its_payload_and_the_payload()
    {
        var frame = FrameWriter.ToFrame(new Pong(), ProtocolJson.Default.Pong);

        Assert.Equal(Examples.Frame("""{"type":"pong"}"""), frame);
    }

    [Fact]
    public void Frames_are_appended_to_what_was_written_before()
    {
        var output = new ArrayBufferWriter<byte>(1); // So small that it must grow in the middle of a frame.
        FrameWriter.Write(output, new SystemMessage("one"), ProtocolJson.Default.SystemMessage);
        FrameWriter.Write(output, new SystemMessage(new string('2', 5_000)), ProtocolJson.Default.SystemMessage);

        byte[] expected =
        [
            .. Examples.Frame("""{"type":"system","message":"one"}"""),
            .. Examples.Frame($$"""{"type":"system","message":"{{new string('2', 5_000)}}"}"""),
        ];
        Assert.Equal(expected, output.WrittenSpan.ToArray());
    }

    [Fact]
    public void The_longest_payload_is_written_and_one_byte_more_is_refused()
    {
        var longest = new string('x', FrameLimits.MaxPayloadBytes - EmptySystemMessageBytes);

        var frame = FrameWriter.ToFrame(new SystemMessage(longest), ProtocolJson.Default.SystemMessage);

        Assert.Equal(FrameLimits.HeaderBytes + FrameLimits.MaxPayloadBytes, frame.Length);
        Assert.Throws<FrameTooLongException>(() => FrameWriter.ToFrame(new SystemMessage(longest + "x"), ProtocolJson.Default.SystemMessage));
    }

    [Fact]
    public void A_full_page_of_the_longest_messages_fits_a_frame()
    {
        // 2,000 code points of four bytes each; level 1 shows 50 of them, level 2 up to 100.
        var content = string.Concat(Enumerable.Repeat("👋", 2_000));
        var time = DateTimeOffset.UnixEpoch;
        var author = new string('n', 20);
        var level1 = new ChannelJoined(new string('c', 30),
            [.. Enumerable.Range(0, 50).Select(i => new HistoryEntry(author, content, time, "message", new MessageId(long.MaxValue)))],
            [.. Enumerable.Range(0, 1_000).Select(i => new UserEntry(author, "online"))]);
        var level2 = new HistoryPage(new ChannelId(long.MaxValue),
            [.. Enumerable.Range(0, ReadHistory.MaxLimit).Select(i =>
                new ChannelEvent(long.MaxValue, "message", new MessageId(long.MaxValue), new UserId(long.MaxValue), author, content, time))],
            long.MaxValue, true);

        Assert.InRange(FrameWriter.ToFrame(level1, ProtocolJson.Default.ChannelJoined).Length, 400_000, FrameLimits.MaxPayloadBytes);
        Assert.InRange(FrameWriter.ToFrame(level2, ProtocolJson.Default.HistoryPage).Length, 800_000, FrameLimits.MaxPayloadBytes);
    }

    [Fact]
    public void A_payload_reads_as_it_was_written()
    {
        var frame = FrameWriter.ToFrame(new SystemMessage("\u2028 <\"\\/'&+> é 👋 \u0000\u001f\u007f\n"), ProtocolJson.Default.SystemMessage);

        // RFC 8259 section 7: the quote, the backslash and U+0000 to U+001F, and nothing else.
        Assert.Equal(
            "{\"type\":\"system\",\"message\":\"\u2028 <\\\"\\\\/'&+> é 👋 \\u0000\\u001f\u007f\\n\"}",
            Encoding.UTF8.GetString(frame.AsSpan(FrameLimits.HeaderBytes)));
    }
}
