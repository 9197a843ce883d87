using System.Text;

namespace Parley.Server.Tests.Framing;

[Collection(FramingServer.Name)]
public sealed class BrokenPayloadTests(UnlimitedServer server) : ChatTest(server)
{
    public static TheoryData<string> BrokenJson { get; } =
    [
        " ", "{", "}", "{\"type\":\"channel_list\"", "{\"type\":\"channel_list\"}}", "{\"type\":\"channel_list\"} {}", "{\"type\":\"channel_list\",}",
        "{'type':'channel_list'}", "{type:\"channel_list\"}", "{\"type\" \"channel_list\"}", "{\"type\":\"channel_list\"}x", "{\"type\":\"channel_list\"}\0",
        "{\"type\":\"channel_list\",\"a\":01}", "{\"type\":\"channel_list\",\"a\":NaN}", "{\"type\":\"channel_list\",\"a\":.5}",
        "{\"type\":\"channel_list\",\"a\":+1}",
        "{\"type\":\"channel_list\",\"a\":\"\\x\"}", "{\"type\":\"channel_list\",\"a\":\"\\u12\"}", "{\"type\":\"channel_list\",\"a\":\"\n\"}",
        "{\"type\":\"channel_list\"/* no comments */}", "// {}", "nul", "tru", "\"open", "[1,", "[1 2]", "hello", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\0",
    ];

    [Theory]
    [MemberData(nameof(BrokenJson))]
    public async Task What_is_not_json_closes_that_connection_and_no_other(string payload)
    {
        await ClosesAsync(Encoding.UTF8.GetBytes(payload));
    }

    public static TheoryData<string, byte[]> BrokenUtf8 { get; } = new()
    {
        { "a byte that is never there", [0xFF] },
        { "a continuation without a start", [0x80] },
        { "a start without a continuation", [0xC3] },
        { "an overlong slash", [0xC0, 0xAF] },
        { "an overlong NUL", [0xE0, 0x80, 0x80] },
        { "a surrogate", [0xED, 0xA0, 0x80] },
        { "a pair of surrogates (CESU-8)", [0xED, 0xA0, 0xBD, 0xED, 0xB1, 0x8B] },
        { "beyond U+10FFFF", [0xF4, 0x90, 0x80, 0x80] },
        { "five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80] },
        { "three of four bytes", [0xF0, 0x9F, 0x91] },
        { "Latin-1", [0xE9, 0x74, 0xE9] },
    };

    [Theory]
    [MemberData(nameof(BrokenUtf8))]
    public async Task What_is_not_utf8_closes_that_connection_and_no_other(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        await ClosesAsync([.. "{\"type\":\"channel_list\",\"x\":\""u8, .. bytes, .. "\"}"u8]); // In a field that nobody reads.
        await ClosesAsync([.. "{\"type\":\"message\",\"content\":\""u8, .. bytes, .. "\"}"u8]);
        await ClosesAsync([.. "{\"type\":\"channel_list\"}"u8, .. bytes]);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_json()
    {
        await ClosesAsync([0xEF, 0xBB, 0xBF, .. "{\"type\":\"channel_list\"}"u8]);
        await ClosesAsync(Encoding.Unicode.GetBytes("{\"type\":\"channel_list\"}"));
    }

    [Fact]
    public async Task A_bomb_that_never_closes_is_no_json()
    {
        await ClosesAsync(Encoding.UTF8.GetBytes(new string('[', 1_000_000)));
        await ClosesAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 200_000))));
        await ClosesAsync(Encoding.UTF8.GetBytes("{\"type\":\"message\",\"content\":" + new string('[', 1_000_000)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(500_000)]
    public async Task A_nested_value_in_a_field_that_nobody_reads_is_ignored(int depth)
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync($$"""{"type":"channel_list","bomb":{{Nested(depth)}}}""");

        await alice.NextAsync("channel_info");
    }

    [Theory]
    [InlineData("""{"type":"message","content":BOMB}""")]
    [InlineData("""{"type":"channel_join","channel":BOMB}""")]
    [InlineData("""{"type":"private_message","to":BOMB,"content":"x"}""")]
    [InlineData("""{"type":BOMB}""")]
    [InlineData("BOMB")]
    public async Task A_nested_value_where_a_text_belongs_is_of_the_wrong_type(string template)
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync(template.Replace("BOMB", Nested(500_000), StringComparison.Ordinal));

        (await alice.NextAsync()).ShouldBeError("invalid", "Invalid message format.");
        await alice.HeardNothingAsync();
    }

    [Fact]
    public async Task Objects_nest_as_deep_and_fields_may_be_many()
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync($$"""{"type":"channel_list","bomb":{{string.Concat(Enumerable.Repeat("{\"a\":", 150_000))}}1{{new string('}', 150_000)}}}""");
        await alice.NextAsync("channel_info");

        await alice.SendTextAsync($$"""{{{string.Concat(Enumerable.Range(0, 60_000).Select(i => $"\"f{i}\":{i},"))}}"type":"channel_list"}""");
        await alice.NextAsync("channel_info");
    }

    [Fact]
    public async Task A_number_of_a_million_digits_is_a_number()
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync($$"""{"type":"channel_list","n":1{{new string('0', 1_000_000)}}}""");

        await alice.NextAsync("channel_info");
    }

    [Fact]
    public async Task Bytes_of_another_protocol_close_that_connection()
    {
        var alice = await EnterAsync();
        var browser = await ConnectAsync();

        // As a length, "GET " is 1.2 billion.
        await browser.Raw.SendBytesAsync("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());

        Assert.Empty(await browser.EndAsync());
        await alice.HeardNothingAsync();
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private async Task ClosesAsync(byte[] payload)
    {
        var stranger = await ConnectAsync();
        var alice = await EnterAsync();
        var witness = await ConnectAsync();

        await stranger.Raw.SendFrameAsync(payload);
        await alice.Raw.SendFrameAsync(payload);

        Assert.Empty(await stranger.EndAsync());
        Assert.Empty(await alice.EndAsync());
        (await witness.AskAsync(new { type = "x" })).ShouldBeError("not_authenticated", "You must log in first.");
    }
}
