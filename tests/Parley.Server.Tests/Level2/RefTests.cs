using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Level2;

/// <summary>Every request has one answer, and it bears the request's mark to the letter.</summary>
[Collection(Level2Server.Name)]
public sealed class RefTests(UnlimitedServer server) : ChatTest(server)
{
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("\"\"")]
    [InlineData("\"7\"")]
    [InlineData("\"👋 ü\"")]
    [InlineData("\"\\u0041\\/\\n\\\"\"")]
    [InlineData("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")] // 66 bytes with the quotes.
    public async Task A_ref_comes_back_to_the_letter(string reference)
    {
        var (alice, _) = await EnterLevel2Async();

        await alice.SendTextAsync($$"""{"type":"ping","ref":{{reference}}}""");

        var answer = await alice.NextAsync();
        Assert.Equal("pong", answer.Type);
        Assert.Contains($"\"ref\":{reference}", answer.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("9223372036854775808")]
    [InlineData("\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"")]
    [InlineData("\"👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋👋\"")] // 17 characters, 70 bytes.
    public async Task A_ref_of_another_kind_is_refused(string reference)
    {
        var (alice, _) = await EnterLevel2Async();

        await alice.SendTextAsync($$"""{"type":"ping","ref":{{reference}}}""");

        (await alice.NextAsync()).ShouldBeRefusal("invalid");
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task An_answer_to_a_request_without_a_ref_bears_none()
    {
        var (alice, _) = await EnterLevel2Async();

        (await alice.AskAsync(new { type = "ping" })).ShouldBe(new { type = "pong" });
        (await alice.AskAsync(new { type = "ping", @ref = (string?)null })).ShouldBe(new { type = "pong" });
        (await alice.AskAsync(new { type = "nonsense" })).ShouldBeError("unknown", "Unknown message type: nonsense");
    }

    [Theory]
    [InlineData("""{"type":"message","channel":"general","content":"hi"}""", "ack")]
    [InlineData("""{"type":"message","channel":"general","content":" "}""", "error invalid")]
    [InlineData("""{"type":"message","channel":"general","content":5}""", "error invalid")]
    [InlineData("""{"type":"message","channel":"nowhere","content":"hi"}""", "error not_found")]
    [InlineData("""{"type":"message","channel_id":987654321,"content":"hi"}""", "error not_found")]
    [InlineData("""{"type":"message","channel_id":"one","content":"hi"}""", "error invalid")]
    [InlineData("""{"type":"action","channel":" General ","content":"waves"}""", "ack")]
    [InlineData("""{"type":"private_message","to":"User_001","content":"psst"}""", "ack")]
    [InlineData("""{"type":"private_message","to":"nobody_here","content":"psst"}""", "error not_found")]
    [InlineData("""{"type":"conversation_open","to":"User_002"}""", "done")]
    [InlineData("""{"type":"conversation_open","to":"nobody_here"}""", "error not_found")]
    [InlineData("""{"type":"conversation_open"}""", "error not_found")]
    [InlineData("""{"type":"channel_create","name":"general"}""", "error exists")]
    [InlineData("""{"type":"channel_create","name":"a b"}""", "error invalid")]
    [InlineData("""{"type":"channel_list"}""", "channel_info")]
    [InlineData("""{"type":"user_list","channel":"general"}""", "user_list")]
    [InlineData("""{"type":"user_list","channel":"nowhere"}""", "error not_found")]
    [InlineData("""{"type":"history","channel_id":1}""", "history")]
    [InlineData("""{"type":"history","channel_id":987654321}""", "error not_found")]
    [InlineData("""{"type":"history","channel_id":1,"limit":0}""", "error invalid")]
    [InlineData("""{"type":"history","channel_id":1,"after":"x"}""", "error invalid")]
    [InlineData("""{"type":"read","channel_id":1,"number":0}""", "done")]
    [InlineData("""{"type":"read","channel_id":987654321,"number":0}""", "error not_found")]
    [InlineData("""{"type":"ping"}""", "pong")]
    [InlineData("""{"type":"nonsense"}""", "error unknown")]
    [InlineData("""{"type":"channel_join","channel":"general"}""", "error unknown")]
    [InlineData("""{"type":5}""", "error invalid")]
    public async Task Every_request_has_one_answer_with_its_ref(string request, string expected)
    {
        var (alice, _) = await EnterLevel2Async();
        var marked = JsonNode.Parse(request)!.AsObject();
        marked["ref"] = "mine";

        await alice.SendTextAsync(marked.ToJsonString());
        await alice.SendAsync(new { type = "ping", @ref = "end" });

        var frames = new List<Frame> { await alice.NextAsync() };
        while (frames[^1].Type != "pong" || frames[^1].Text("ref") != "end")
            frames.Add(await alice.NextAsync());
        var answers = frames.Where(f => f.Has("ref")).ToList();
        var answer = answers[0];
        Assert.Equal(2, answers.Count);
        Assert.Equal("mine", answer.Text("ref"));
        Assert.Equal(expected, answer.Type == "error" ? $"error {answer.Text("code")}" : answer.Type);
    }

    [Fact]
    public async Task A_hundred_requests_of_one_write_are_answered_in_their_order()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        await alice.SendTogetherAsync(Enumerable.Range(0, 100).Select(i => (object)((i % 5) switch
        {
            0 => new { type = "message", @ref = i, channel_id = log, content = $"{i}" },
            1 => new { type = "ping", @ref = i },
            2 => new { type = "message", @ref = i, channel_id = log, content = "" },
            3 => new { type = "history", @ref = i, channel_id = log, limit = 1 },
            _ => new { type = "nonsense", @ref = i },
        })));

        var answers = new List<Frame>();
        var events = new List<string>();
        while (answers.Count < 100 || events.Count < 20)
        {
            var frame = await alice.NextAsync();
            if (frame.Type == "event")
                events.Add(frame.EventContent());
            else
                answers.Add(frame);
        }

        Assert.Equal(Log.From(0, 100), answers.Select(a => a.Number("ref")));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i * 5}"), events);
        Assert.Equal(["ack", "pong", "error", "history", "error"], answers.Take(5).Select(a => a.Type));
        // A page that was asked for behind a message shows it: commands of one connection are carried out one after the other.
        Assert.All(answers.Chunk(5), group => Assert.Equal(group[0].Number("number"), group[3].Number("last_number")));
    }
}
