using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Server.Events.Sending;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Events;

/// <summary>
/// The same bytes to many TLS connections, sealed into one buffer and sent as one batch: with the ring and without it, with both versions of TLS. Where
/// the system has no ring only the other way is looked at.
/// </summary>
public sealed class SealedBurstTests
{
    private const int Many = SendBatch.Entries + 14; // More than one batch takes.

    public static TheoryData<SslProtocols, bool> Ways => new()
    {
        { SslProtocols.Tls13, true },
        { SslProtocols.Tls13, false },
        { SslProtocols.Tls12, true },
        { SslProtocols.Tls12, false },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Everybody_gets_everything_in_order_whoever_reads_late_or_a_little_at_a_time(SslProtocols version, bool ring)
    {
        await using var people = await TlsPeople.ConnectAsync(24, version);
        using var burst = new Burst(Sends(ring));
        var rounds = Enumerable.Range(0, 60).Select(i => Bytes(1 + (i * 7919 % 30_000), seed: i)).ToArray(); // 0.9 MB: under what may wait.
        var all = rounds.SelectMany(r => r).ToArray();
        var atOnce = people.All.Skip(4).Select(p => TlsPeople.ReadAsync(p, all.Length)).ToArray();
        var little = people.All.Skip(2).Take(2).Select(p => ReadLittleAsync(p, all.Length)).ToArray();

        foreach (var round in rounds)
            burst.Send(people.Receivers(), new SharedBytes(round), round.Length);

        Assert.Contains(people.Receivers(), r => r.Outbox.FreeSocket is null); // Some were behind, or nothing was tried here.
        foreach (var read in atOnce.Concat(little))
            Assert.Equal(all, await read);
        foreach (var late in people.All.Take(2))
            Assert.Equal(all, await TlsPeople.ReadAsync(late, all.Length));
        await Eventually.TrueAsync(() => people.Receivers().All(r => r.Outbox.FreeSocket is not null), "everybody to have caught up");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_goes_in_the_middle_of_a_round_takes_nothing_from_the_others(SslProtocols version, bool ring)
    {
        await using var people = await TlsPeople.ConnectAsync(40, version);
        using var burst = new Burst(Sends(ring));
        TlsPerson[] cut = [.. people.All.Take(8)], closed = [.. people.All.Skip(8).Take(8)], stay = [.. people.All.Skip(16)];
        const int Rounds = 400;
        var round = Bytes(900, seed: 1);
        var reading = stay.Select(p => TlsPeople.ReadAsync(p, Rounds * round.Length)).ToArray();

        // The peers reset, and the server closes, while another thread goes from round to round.
        var sending = Task.Run(() =>
        {
            for (var i = 0; i < Rounds; i++)
                burst.Send(people.Receivers(), new SharedBytes(round), round.Length);
        });
        foreach (var (first, second) in cut.Zip(closed))
        {
            first.Socket.LingerState = new LingerOption(true, 0);
            first.Socket.Dispose();
            second.Receiver.Outbox.Abort();
            await second.Transport.DisposeAsync();
        }

        await sending.WaitAsync(Deadline.Default);
        foreach (var read in reading)
            Assert.Equal(Enumerable.Repeat(round, Rounds).SelectMany(r => r), await read);
        Assert.All(closed, p => Assert.Null(p.Receiver.Outbox.FreeSocket));
        await Eventually.TrueAsync(
            () =>
            {
                burst.Send([.. cut.Select(p => p.Receiver)], new SharedBytes(round), round.Length);
                return cut.All(p => p.Receiver.Outbox.FreeSocket is null && p.Receiver.Outbox.Finished.IsCompleted);
            },
            "all resets to be seen");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_round_leaves_for_some_at_a_time_as_one_record_and_a_mebibyte_at_the_most_is_sealed_and_not_sent(bool ring)
    {
        await using var people = await TlsPeople.ConnectAsync(Many, SslProtocols.Tls13);
        using var watched = new WatchedBatch(Sends(ring));
        using var burst = new Burst(watched);
        var (round, longer) = (Bytes(12_000, seed: 3), Bytes(60_000, seed: 4));

        burst.Send(people.Receivers(), new SharedBytes(round), round.Length);

        foreach (var person in people.All)
            Assert.Equal(round, await TlsPeople.ReadAsync(person, round.Length));
        Assert.Equal((Many + 31) / 32, watched.Submitted.Count); // So that the first read while the next are sealed; and no send of its own for each, either.
        Assert.Equal(Enumerable.Repeat(1, Many), watched.Records);

        burst.Send(people.Receivers(), new SharedBytes(longer), longer.Length); // For 32 it would be two mebibytes.

        foreach (var person in people.All)
            Assert.Equal(longer, await TlsPeople.ReadAsync(person, longer.Length));
        Assert.All(watched.Submitted, bytes => Assert.InRange(bytes, 0, 1024 * 1024));
    }

    [Fact]
    public async Task What_would_not_fit_the_buffer_goes_all_the_same()
    {
        await using var people = await TlsPeople.ConnectAsync(10, SslProtocols.Tls13);
        using var watched = new WatchedBatch(Sends(ring: true));
        using var burst = new Burst(watched);
        var huge = Bytes(1024 * 1024 - 100, seed: 4);

        burst.Send(people.Receivers(), new SharedBytes(huge), huge.Length);
        burst.Send(people.Receivers(), new SharedBytes([1, 2, 3]), 3);

        foreach (var person in people.All)
            Assert.Equal(huge.Concat(new byte[] { 1, 2, 3 }), await TlsPeople.ReadAsync(person, huge.Length + 3));
        Assert.Empty(watched.Records);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Sealed_bytes_that_the_kernel_did_not_take_count_as_waiting(SslProtocols version, bool ring)
    {
        await using var people = await TlsPeople.ConnectAsync(1, version);
        using var watched = new WatchedBatch(Sends(ring));
        using var burst = new Burst(watched);
        var stopped = people.All[0];
        var outbox = stopped.Receiver.Outbox;
        var descriptor = (int)(outbox.FreeSocket ?? throw new InvalidOperationException("It is free.")).DangerousGetHandle();
        List<byte> sent = [];
        void Send(byte[] bytes)
        {
            burst.Send([stopped.Receiver], new SharedBytes(bytes), bytes.Length);
            sent.AddRange(bytes);
        }

        while (outbox.FreeSocket is not null)
            Send(Bytes(50_000, seed: sent.Count));
        var waits = watched.Untaken[descriptor];
        var piece = Bytes(1000, seed: 5);
        var taken = 0;
        while (outbox.TryEnqueue(new SharedBytes(piece), 0, piece.Length))
            taken++;

        Assert.Equal((Outbox.MaxWaitingBytes - waits) / piece.Length, taken);
        Assert.Equal(sent.Concat(Enumerable.Repeat(piece, taken).SelectMany(p => p)), await TlsPeople.ReadAsync(stopped, sent.Count + (taken * piece.Length)));
        await Eventually.TrueAsync(() => outbox.FreeSocket is not null, "it to have caught up");
        Assert.True(outbox.TryEnqueue(new SharedBytes(new byte[Outbox.MaxWaitingBytes]), 0, Outbox.MaxWaitingBytes)); // Nothing is counted any more.
    }

    private static SendBatch Sends(bool ring) => (ring ? LinuxRing.TryCreate() : null) ?? (SendBatch)new LinuxSendBatch();

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> ReadLittleAsync(TlsPerson person, int count)
    {
        var taken = new byte[count];
        for (var at = 0; at < count;)
            at += await person.Stream.ReadAsync(taken.AsMemory(at, Math.Min(count - at, 1 + (at % 700)))).AsTask().WaitAsync(Deadline.Default);
        return taken;
    }
}
