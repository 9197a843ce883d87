using System.Buffers.Binary;

namespace Parley.Server.Tests.Framing;

[Collection(FramingServer.Name)]
public sealed class FrameLengthTests(UnlimitedServer server) : ChatTest(server)
{
    private const int Largest = 1_048_576;

    [Fact]
    public async Task The_largest_payload_is_read_and_the_connection_goes_on()
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync(Padded("""{"type":"channel_list","padding":"PAD"}""", Largest));
        await alice.NextAsync("channel_info");

        await alice.SendTextAsync(Padded("""{"type":"message","content":"PAD"}""", Largest));
        (await alice.NextAsync()).ShouldBeError("invalid", "Message must be at most 2000 characters.");
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task The_largest_payload_is_read_from_a_stranger_too()
    {
        var stranger = await ConnectAsync();

        await stranger.SendTextAsync(Padded("""{"type":"PAD"}""", Largest));

        (await stranger.NextAsync()).ShouldBeError("not_authenticated", "You must log in first.");
    }

    [Theory]
    [InlineData(1_048_577u)]
    [InlineData(16_777_216u)]
    [InlineData(0x7FFF_FFFFu)]
    [InlineData(0x8000_0000u)]
    [InlineData(0xFFFF_FFFFu)]
    public async Task A_longer_announced_length_closes_that_connection_at_once_and_no_other(uint announced)
    {
        var stranger = await ConnectAsync();
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        await RoomAsync(bob);

        await stranger.Raw.SendBytesAsync(Header(announced));
        await alice.Raw.SendBytesAsync(Header(announced));

        Assert.Empty(await stranger.EndAsync());
        Assert.Empty(await alice.EndAsync());
        (await bob.NextAsync()).ShouldBe(new { type = "status_change", username = alice.Name, status = "offline" });
        await bob.HeardNothingAsync();
    }

    [Fact]
    public async Task A_length_of_zero_is_no_json_and_closes_that_connection()
    {
        var alice = await EnterAsync();
        var stranger = await ConnectAsync();

        await stranger.Raw.SendBytesAsync(Header(0));

        Assert.Empty(await stranger.EndAsync());
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task What_was_asked_before_the_violation_is_answered()
    {
        var stranger = await ConnectAsync();

        await stranger.SendTextAsync("""{"type":"x"}""");
        await stranger.NextAsync("error");
        await stranger.Raw.SendBytesAsync(Peer.Bytes("""{"type":"y"}""").Concat(Header(uint.MaxValue)).ToArray());

        Assert.Single(await stranger.EndAsync()).ShouldBeError("not_authenticated", "You must log in first.");
    }

    /// <summary>Nothing is buffered for what was announced: 200 connections that announce the largest payload and send none of it cost no 200 MB.</summary>
    [Fact]
    public async Task An_announced_length_takes_no_memory()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var before = ResidentBytes(server);
        var peers = new List<RawPeer>();
        for (var i = 0; i < 200; i++)
        {
            peers.Add(await RawPeer.ConnectAsync(server));
            await peers[^1].SendBytesAsync(Header(Largest));
            await peers[^1].SendBytesAsync("{"u8.ToArray());
        }

        await using (var witness = await RawPeer.ConnectAsync(server))
        {
            await witness.SendAsync(new { type = "x" });
            await witness.ReceiveAsync("error");
        }

        var grown = ResidentBytes(server) - before;
        Assert.True(grown < 100_000_000, $"{grown} bytes more than before");
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    private static byte[] Header(uint length)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        return header;
    }

    private static string Padded(string template, int length) =>
        template.Replace("PAD", new string('x', length - (template.Length - 3)), StringComparison.Ordinal);

    private static long ResidentBytes(ServerProcess server)
    {
        using var process = System.Diagnostics.Process.GetProcessById(server.ProcessId);
        return process.WorkingSet64;
    }
}
