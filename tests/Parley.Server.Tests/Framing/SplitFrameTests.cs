using System.Text;

namespace Parley.Server.Tests.Framing;

/// <summary>TCP knows no frames: wherever a stream is cut, the same frames must be read.</summary>
[Collection(FramingServer.Name)]
public sealed class SplitFrameTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_frame_may_be_cut_at_every_byte()
    {
        var alice = await EnterAsync();
        var pacemaker = await EnterAsync();
        await RoomAsync(alice);
        var frame = Peer.Bytes("""{"type":"message","content":"Grüße 👋 \"über\" \ud83d\udc4b"}""");

        for (var cut = 1; cut < frame.Length; cut++)
        {
            await alice.Raw.SendBytesAsync(frame.AsMemory(0, cut));
            // An exchange on another connection: by then the server has had the first part, and not only the kernel.
            await pacemaker.HeardNothingAsync();
            await alice.Raw.SendBytesAsync(frame.AsMemory(cut));

            Assert.Equal("Grüße 👋 \"über\" 👋", (await alice.NextAsync("message")).Text("content"));
        }
    }

    [Fact]
    public async Task Two_frames_may_be_cut_at_every_byte_into_two_writes()
    {
        var stranger = await ConnectAsync();
        var frames = Peer.Bytes("""{"type":"one"}""").Concat(Peer.Bytes("[]")).ToArray();

        for (var cut = 1; cut < frames.Length; cut++)
        {
            await stranger.Raw.SendBytesAsync(frames.AsMemory(0, cut));
            await stranger.Raw.SendBytesAsync(frames.AsMemory(cut));

            (await stranger.NextAsync()).ShouldBeError("not_authenticated", "You must log in first.");
            (await stranger.NextAsync()).ShouldBeError("invalid", "Invalid message format.");
        }
    }

    [Fact]
    public async Task A_login_may_come_byte_by_byte()
    {
        var name = Server.NewName();
        var peer = await ConnectAsync();

        foreach (var part in Peer.Bytes(Json.Write(new { type = "auth_login", username = name, password = PredecessorDatabase.Password })))
            await peer.Raw.SendBytesAsync(new[] { part });

        (await peer.NextAsync()).ShouldBe(new { type = "auth_result", success = true, token = "<token>", username = name });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public async Task Many_frames_may_come_in_one_write_the_last_one_cut(int count)
    {
        var stranger = await ConnectAsync();
        var frame = Peer.Bytes("""{"type":"x"}""");
        var bytes = Enumerable.Repeat(frame, count + 1).SelectMany(b => b).ToArray();

        // The answers are taken while the requests are sent: nobody promises to hold thousands of them back.
        var sending = stranger.Raw.SendBytesAsync(bytes.AsMemory(0, bytes.Length - 3));
        for (var i = 0; i < count; i++)
            (await stranger.NextAsync()).ShouldBeError("not_authenticated", "You must log in first.");
        await sending;
        await stranger.Raw.SendBytesAsync(bytes.AsMemory(bytes.Length - 3));

        (await stranger.NextAsync()).ShouldBeError("not_authenticated", "You must log in first.");
    }

    [Fact]
    public async Task A_large_frame_may_come_in_many_writes()
    {
        var alice = await EnterAsync();
        var frame = Peer.Bytes("""{"type":"channel_list","padding":"PAD"}""".Replace("PAD", new string('x', 300_000), StringComparison.Ordinal));

        foreach (var part in frame.Chunk(1_789))
            await alice.Raw.SendBytesAsync(part);

        await alice.NextAsync("channel_info");
        await alice.HeardNothingAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task A_connection_that_ends_within_a_frame_harms_nobody(int sent)
    {
        var alice = await EnterAsync();
        var quitter = await ConnectAsync();

        await quitter.Raw.SendBytesAsync(Peer.Bytes("""{"type":"x"}""").AsMemory(0, sent));
        await quitter.DisposeAsync();

        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task What_was_asked_before_the_peer_shut_its_half_down_is_still_answered()
    {
        var stranger = await ConnectAsync();

        await stranger.SendTogetherAsync([new { type = "one" }, new { type = "two" }]);
        stranger.Raw.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);

        Assert.Equal(["error", "error"], (await stranger.EndAsync()).Select(f => f.Type));
    }

    [Fact]
    public void A_frame_is_four_bytes_of_length_big_endian_and_the_payload()
    {
        Assert.Equal([0, 0, 1, 44, .. Encoding.UTF8.GetBytes(new string(' ', 300))], Peer.Bytes(new string(' ', 300)));
    }
}
