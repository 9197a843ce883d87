using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Parley.Server.Tests.Hostile;

/// <summary>
/// Whatever is sent, the server stays up, answers each request of level 2 exactly once and in order, tells no internals, and nobody else feels it.
/// A long run: <c>PARLEY_FUZZ_ROUNDS=500 ./test Parley.Server.Tests</c>; a run again: <c>PARLEY_FUZZ_SEED=...</c>, which a failure prints.
/// </summary>
public sealed class FuzzTests
{
    private const int RequestsInARound = 40;
    private const int MostMegabytes = 600;

    private static readonly string[] Internals = ["Exception", "   at ", "SQLite", "System.", ".cs:", "chat_data"];

    private static readonly int Rounds = Variable("PARLEY_FUZZ_ROUNDS", 10);
    private static readonly int Seed = Variable("PARLEY_FUZZ_SEED", Random.Shared.Next());

    [Fact]
    public async Task Each_request_of_somebody_who_is_in_has_one_answer_in_order()
    {
        await using var town = await Town.StartAsync("--no-tls", "--no-limits");
        await using var witness = await town.EnterAsync(1);
        await using var fuzzer = await town.EnterAsync(2);

        await ForEachRoundAsync(
            FuzzGen.Requests(FuzzGen.TypesOfMembers, RequestsInARound),
            async requests =>
            {
                await AskAllAsync(fuzzer, requests);
                await StillWellAsync(witness);
            });

        await StillSoundAsync(town);
    }

    [Fact]
    public async Task Each_request_of_a_stranger_has_one_answer_in_order()
    {
        await using var town = await Town.StartAsync("--no-tls", "--no-limits");
        await using var witness = await town.EnterAsync(1);

        await ForEachRoundAsync(
            FuzzGen.Requests(FuzzGen.TypesOfStrangers, RequestsInARound),
            async requests =>
            {
                await using var stranger = await town.ConnectAsync();
                await stranger.HelloAsync();
                await AskAllAsync(stranger, requests);
                await StillWellAsync(witness);
            });

        await StillSoundAsync(town);
    }

    [Fact]
    public async Task Whatever_level_1_is_sent_its_connection_goes_on()
    {
        await using var town = await Town.StartAsync("--no-tls", "--no-limits");
        await using var witness = await town.EnterLevel1Async(1);
        await using var fuzzer = await town.EnterLevel1Async(2);

        await ForEachRoundAsync(
            FuzzGen.Requests(FuzzGen.TypesOfLevel1, RequestsInARound),
            async requests =>
            {
                var sending = fuzzer.SendBytesAsync(Frames([.. requests, """{"type":"fuzz-ends"}"""]));
                foreach (var answer in await fuzzer.CollectUntilAsync(m => m.Text("message") == "Unknown message type: fuzz-ends"))
                    TellsNothing(answer);
                await sending;
                await witness.DrainAsync();
            });

        await StillSoundAsync(town);
    }

    [Fact]
    public async Task Broken_frames_harm_their_own_connection_at_most()
    {
        await using var town = await Town.StartAsync("--no-tls", "--no-limits");
        await using var witness = await town.EnterAsync(1);
        var token = (await (await town.ConnectAsync()).LogInLevel2Async(Town.Name(2))).Token;

        await ForEachRoundAsync(
            FuzzGen.BrokenFrames(20),
            async streams =>
            {
                foreach (var stream in streams)
                    await PourAsync(town, token, stream);
                await StillWellAsync(witness);
            });

        await StillSoundAsync(town);
    }

    private static async Task ForEachRoundAsync<T>(Gen<T> gen, Func<T, Task> check)
    {
        var round = 0;
        foreach (var input in gen.Sample(50, new Rnd((ulong)Seed, 1), Rounds))
        {
            try
            {
                await check(input);
                round++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"PARLEY_FUZZ_SEED={Seed}, round {round}: {e.Message}\n{Shown(input)}", e);
            }
        }
    }

    // All of a round in one go, then a ping: between them there is one answer to each, in order.
    private static async Task AskAllAsync(RawPeer peer, string[] requests)
    {
        var sending = peer.SendBytesAsync(Frames([.. requests, """{"type":"fuzz-ends"}"""]));
        var answers = (await peer.CollectUntilAsync(m => IsAnswerTo(m, requests.Length))).Where(m => m.Has("ref")).ToList();
        await sending;

        Assert.Equal(Enumerable.Range(0, requests.Length + 1), answers.Select(a => a.GetProperty("ref").GetInt32()));
        foreach (var answer in answers)
            TellsNothing(answer);
    }

    private static bool IsAnswerTo(JsonElement message, int mark) =>
        message.TryGetProperty("ref", out var reference) && reference.ValueKind == JsonValueKind.Number && reference.TryGetInt32(out var number)
            && number == mark;

    private static byte[] Frames(string[] requests) =>
        [.. requests.SelectMany((text, i) => RawPeer.Frame(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"ref\":{i},{text[1..]}"))))];

    private static void TellsNothing(JsonElement answer)
    {
        var text = answer.GetRawText();
        Assert.DoesNotContain(Internals, word => text.Contains(word, StringComparison.Ordinal));
        Assert.False(answer.Type() == "error" && answer.Text("code") == "internal", text);
    }

    private static async Task PourAsync(Town town, string token, byte[] stream)
    {
        await using var peer = await town.ConnectAsync();
        try
        {
            if (stream.Length % 2 == 0)
                await peer.ComeBackAsync(token);
            await peer.SendBytesAsync(stream);
            peer.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            // Closed in the middle of what was sent: its right.
        }

        foreach (var answer in await peer.CollectUntilClosedAsync())
            TellsNothing(answer);
    }

    private static async Task StillWellAsync(RawPeer witness) => Assert.Equal("pong", (await witness.AskAsync("ping")).Type());

    private static async Task StillSoundAsync(Town town)
    {
        Assert.InRange(town.ResidentMegabytes(), 1, MostMegabytes);
        Assert.DoesNotContain(town.Server.ErrorLines, l => l.Contains("fail: ", StringComparison.Ordinal) || l.Contains("crit: ", StringComparison.Ordinal));
        Assert.Equal(0, await town.Server.TerminateAsync());
    }

    private static string Shown<T>(T input) => input switch
    {
        IEnumerable<string> texts => string.Join('\n', texts.Select((t, i) => $"{i}: {(t.Length <= 300 ? t : $"{t[..300]}... ({t.Length})")}")),
        IEnumerable<byte[]> streams => string.Join('\n', streams.Select(s => Convert.ToHexString(s.AsSpan(0, Math.Min(s.Length, 300))))),
        _ => "",
    };

    private static int Variable(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
