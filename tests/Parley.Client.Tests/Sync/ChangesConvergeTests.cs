using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Sync;

/// <summary>The law of convergence with messages that change: whatever comes in whatever order, what is held says in the end what the log says.</summary>
public sealed class ChangesConvergeTests : IDisposable
{
    private static readonly string[] Emoji = ["👍", "🎉", "❤"];

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Some seeds; PARLEY_TEST_SEEDS=first-last takes others, for a longer walk.</summary>
    public static TheoryData<int> Seeds =>
        Environment.GetEnvironmentVariable("PARLEY_TEST_SEEDS")?.Split('-') is [var first, var last]
            ? [.. Enumerable.Range(int.Parse(first, null), int.Parse(last, null) - int.Parse(first, null) + 1)]
            : [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Says_changes_pages_and_breaks_in_any_order(int seed)
    {
        var random = new Random(seed);
        await using var server = new ModelServer(rooms: 2);
        var options = NativeClientOptions.Create(random.Next(3) == 0 ? null : _folder.Path) with
        {
            MessagesInMemory = random.Next(2) == 0 ? null : 80,
            CatchUpLimit = random.Next(2) == 0 ? 30 : 5_000,
        };
        var client = await ConnectAsync(server, options);
        List<Task> asked = [];
        for (var step = 0; step < 400; step++)
        {
            var kind = random.Next(100);
            if (kind < 62)
                server.Do(room => Happen(room, random), random.Next(2));
            else if (kind < 70)
                asked.Add(BySelfAsync(client, server, random));
            else if (kind < 80)
                asked.Add(PageAsync(client, server.Rooms[random.Next(2)].Id, random));
            else if (kind < 86)
                server.HoldsPages = random.Next(3) > 0;
            else if (kind < 94)
                server.ReleaseOne();
            else if (kind < 97)
                server.Cut();
            else if (kind < 98)
                client = await StartAgainAsync(client, server, options);
            else
                (server.IsDown, _) = (random.Next(2) == 0, Cut(server));
            client.Client.RetryNow();
            if (random.Next(4) == 0)
                await Task.Yield();
        }

        server.IsDown = false;
        server.ReleaseAll();
        await Task.WhenAll(asked);
        await using (client)
            await ConvergesAsync(client, server);
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(100, true)]
    [InlineData(100, false)]
    [InlineData(20_000, false)]
    public async Task Whoever_missed_thousands_sees_no_old_words(int catchUpLimit, bool isMirrored)
    {
        const int Missed = 5_000;
        var random = new Random(5);
        await using var server = new ModelServer();
        var options = NativeClientOptions.Create(isMirrored ? _folder.Path : null) with { CatchUpLimit = catchUpLimit };
        for (var i = 0; i < 300; i++)
            server.Do(room => room.Say(Somebody(random), $"before {i}"));
        await using var client = await ConnectAsync(server, options);
        await client.LoadAllAsync(server.Rooms[0].Id);
        server.IsDown = true;
        server.Cut();
        await client.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");
        for (var i = 0; i < Missed - 300; i++)
            server.Do(room => room.Say(Somebody(random), $"meanwhile {i}"));
        for (var i = 0; i < 250; i++)
            server.Do(room => Change(room, random, among: 300));

        server.HoldsPages = true;
        server.IsDown = false;
        await client.SeesImpatientlyAsync(s => s.Connection is ConnectionStatus.Connected, "the return");
        var more = 0;
        await Eventually.TrueAsync(
            () =>
            {
                // While a page is under way some more is changed.
                if (server.ReleaseOne() && more++ < 40)
                    server.Do(room => Change(room, random, among: 300));
                return client.State.LogOf(server.Rooms[0].Id) is { IsBehind: false } log && log.AsOf == log.LastNumber && more >= 40;
            },
            "the catch-up");
        server.ReleaseAll();

        await ConvergesAsync(client, server);
    }

    [Fact]
    public async Task A_long_stretch_without_a_last_change_is_gone_through_page_by_page()
    {
        await using var server = new ModelServer();
        MessageId message = default;
        server.Do(room => room.Say(Somebody(new Random(1)), "before") is var said && (message = said.MessageId) != default ? said : null);
        await using var client = await ConnectAsync(server, NativeClientOptions.Create());
        await client.LoadAllAsync(server.Rooms[0].Id);
        server.IsDown = true;
        server.Cut();
        await client.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");
        for (var i = 0; i < 100; i++)
            server.Do(room => room.React(message, new UserId(2), "👍", isOn: i % 2 == 0));
        server.Do(room => room.Edit(message, new UserId(2), "after"));
        server.Rooms[0].LongestStretch = 20; // So there are pages without a message that say that it goes on.

        server.IsDown = false;
        await client.SeesImpatientlyAsync(
            s => s.LogOf(server.Rooms[0].Id) is { IsBehind: false } log && log.AsOf == log.LastNumber && log[log.LatestRun!.Rows[^1]].Content == "after",
            "the words that are there now");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<TestClient> ConnectAsync(ModelServer server, ChatClientOptions options)
    {
        var client = new TestClient(new ChatClient(server.Address, options));
        await client.Client.ResumeAsync(ModelServer.Session, Cancel);
        return client;
    }

    private static async Task<TestClient> StartAgainAsync(TestClient client, ModelServer server, ChatClientOptions options)
    {
        server.ReleaseAll(); // Who waits for a page that never comes closes only when its time is over.
        await client.DisposeAsync();
        return await ConnectAsync(server, options);
    }

    private static bool Cut(ModelServer server)
    {
        server.Cut();
        return true;
    }

    private static UserId Somebody(Random random) => new(random.Next(2, 6));

    private static UserIds? SometimesMe(Random random) => random.Next(4) == 0 ? UserIds.Of(ModelServer.Alice) : null;

    private static ChannelEvent? Happen(ModelRoom room, Random random) => random.Next(10) switch
    {
        < 4 => room.Say(Somebody(random), $"said {room.LastNumber + 1}", mentions: SometimesMe(random)),
        4 when room.Messages.Count > 0 => room.Say(Somebody(random), $"answered {room.LastNumber + 1}", room.Messages[random.Next(room.Messages.Count)]),
        _ => Change(room, random, room.Messages.Count),
    };

    // Old messages as often as new ones.
    private static ChannelEvent? Change(ModelRoom room, Random random, int among)
    {
        if (among == 0)
            return null;
        var message = room.Messages[random.Next(2) == 0 ? random.Next(among) : Math.Max(0, among - 1 - random.Next(10))];
        return random.Next(8) switch
        {
            < 3 => room.Edit(message, Somebody(random), $"edited {room.LastNumber + 1}", SometimesMe(random)),
            3 => room.Delete(message, Somebody(random)),
            _ => room.React(message, new UserId(random.Next(1, 6)), Emoji[random.Next(Emoji.Length)], isOn: random.Next(3) > 0),
        };
    }

    private static async Task BySelfAsync(TestClient client, ModelServer server, Random random)
    {
        var room = server.Rooms[random.Next(2)];
        IReadOnlyList<MessageId> messages;
        lock (server.Gate)
            messages = room.Messages;
        if (messages.Count == 0 || random.Next(3) == 0)
        {
            await client.Client.SayAsync(room.Id, MessageKind.Message, $"mine {random.Next(1_000)}", messages.Count > 0 ? messages[random.Next(messages.Count)] : null, Cancel);
            return;
        }

        var kind = (ChangeKind)random.Next(4);
        var text = kind switch { ChangeKind.Edit => $"my edit {random.Next(1_000)}", ChangeKind.Delete => "", _ => Emoji[random.Next(Emoji.Length)] };
        await client.Client.ChangeAsync(room.Id, messages[random.Next(messages.Count)], kind, text, Cancel);
    }

    private static async Task PageAsync(TestClient client, ChannelId room, Random random)
    {
        try
        {
            var log = client.State.LogOf(room);
            var number = random.NextInt64(1, Math.Max(2, log.LastNumber));
            if (random.Next(4) == 0)
                client.Client.MarkRead(room, number);
            await (random.Next(4) switch
            {
                0 => client.Client.LoadLatestAsync(room, Cancel),
                1 => client.Client.LoadOlderAsync(room, log.Runs is [var run, ..] ? run.First : number, Cancel),
                2 => client.Client.LoadNewerAsync(room, number, Cancel),
                _ => client.Client.LoadAroundAsync(room, number, Cancel),
            });
        }
        catch (ConnectionLostException)
        {
            // The wire was cut in this moment.
        }
    }

    // What is held equals what a client has that loads afresh, and both say what the model says.
    private static async Task ConvergesAsync(TestClient client, ModelServer server)
    {
        await client.SeesImpatientlyAsync(s => s.Connection is ConnectionStatus.Connected && s.Outbox.IsEmpty && s.Logs.Values.All(log => !log.IsBehind && log.AsOf == log.LastNumber), "peace");
        await using var fresh = await ConnectAsync(server, NativeClientOptions.Create());
        using var holds = new Holds(server.Rooms.Select(room => client.Client.Hold(room.Id)));
        holds.All.ForEach(hold => hold.Show(1, long.MaxValue / 2)); // Nothing is let go of meanwhile.
        foreach (var room in server.Rooms)
        {
            await client.LoadAllAsync(room.Id);
            await fresh.LoadAllAsync(room.Id);
        }

        await Eventually.TrueAsync(() => StateText.WithLogs(client.State) == StateText.WithLogs(fresh.State), "convergence", describe: () => Difference(StateText.WithLogs(client.State), StateText.WithLogs(fresh.State)));
        foreach (var room in server.Rooms)
        {
            var log = fresh.State.LogOf(room.Id);
            var told = room.Read(new ReadHistory(room.Id, Limit: int.MaxValue) { Rows = true }, ModelServer.Alice).Events;
            Assert.Equal(told.Select(Message.FromWire), log.InOrder);
        }
    }

    private sealed class Holds(IEnumerable<LogHold> holds) : IDisposable
    {
        internal List<LogHold> All { get; } = [.. holds];

        public void Dispose() => All.ForEach(hold => hold.Dispose());
    }

    private static string Difference(string one, string other) =>
        string.Join('\n', one.Split('\n').Except(other.Split('\n')).Select(line => "- " + line).Concat(other.Split('\n').Except(one.Split('\n')).Select(line => "+ " + line)).Take(12));
}
