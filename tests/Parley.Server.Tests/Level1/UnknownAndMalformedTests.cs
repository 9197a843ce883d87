namespace Parley.Server.Tests.Level1;

[Collection(Level1Server.Name)]
public sealed class UnknownAndMalformedTests(UnlimitedServer server) : ChatTest(server)
{
    private const string Malformed = "Invalid message format.";

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("MESSAGE")]
    [InlineData(" message")]
    [InlineData("Grüße 👋 \"quoted\" \\")]
    [InlineData("history")] // These are of level 2.
    [InlineData("read")]
    [InlineData("ping")]
    [InlineData("logout")]
    [InlineData("conversation_open")]
    [InlineData("channel_info")] // These are the server's.
    [InlineData("error")]
    public async Task An_unknown_type_is_named_in_the_answer(string type)
    {
        var alice = await EnterAsync();

        (await alice.AskAsync(new { type })).ShouldBeError("unknown", $"Unknown message type: {type}");
    }

    public static TheoryData<string> WrongFields { get; } =
    [
        """{"type":"message","content":5}""",
        """{"type":"message","content":true}""",
        """{"type":"message","content":["a"]}""",
        """{"type":"message","content":{"text":"a"}}""",
        """{"type":"message","content":"a","channel":1}""",
        """{"type":"message","content":"\ud800"}""",
        """{"type":"message","content":"\udc00\ud800"}""",
        """{"type":"message","content":"a","channel":"\ud83d"}""",
        """{"type":"action","content":1.5}""",
        """{"type":"action","content":"a","channel":{}}""",
        """{"type":"private_message","to":5,"content":"a"}""",
        """{"type":"private_message","to":"alice","content":[]}""",
        """{"type":"private_message","to":"\ud800","content":"a"}""",
        """{"type":"channel_join","channel":1}""",
        """{"type":"channel_join","channel":["general"]}""",
        """{"type":"channel_leave","channel":1}""",
        """{"type":"channel_create","name":7,"description":""}""",
        """{"type":"channel_create","name":"wrong-fields","description":7}""",
        """{"type":"channel_create","name":"wrong-fields","description":false}""",
        """{"type":"user_list","channel":0}""",
        """{"\ud800":"half a character is no text, not even as a name","type":"channel_list"}""",
    ];

    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task A_field_of_the_wrong_type_is_refused_and_the_connection_goes_on(string request)
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync(request);

        (await alice.NextAsync()).ShouldBeError("invalid", Malformed);
        await alice.HeardNothingAsync();
    }

    [Theory]
    [InlineData("""{"type":"auth_login","username":5,"password":"correct horse"}""")]
    [InlineData("""{"type":"auth_login","username":"User_001","password":5}""")]
    [InlineData("""{"type":"auth_login","username":"User_001","password":"\ud800"}""")]
    [InlineData("""{"type":"auth_register","username":["a"],"password":"correct horse"}""")]
    [InlineData("""{"type":"auth_register","username":"alice9","password":{}}""")]
    [InlineData("""{"type":"auth_register","username":"\udfff","password":"correct horse"}""")]
    public async Task A_login_with_a_field_of_the_wrong_type_is_refused_and_the_connection_goes_on(string request)
    {
        var peer = await ConnectAsync();

        await peer.SendTextAsync(request);

        (await peer.NextAsync()).ShouldBeError("invalid", Malformed);
        (await peer.AskAsync(new { type = "auth_login", username = "nobody_here", password = "x" })).ShouldBe(
            new { type = "auth_result", success = false, error = "Invalid username or password." });
    }

    [Theory]
    [InlineData("""{"type":"channel_list","channels":[1,2,{"deep":null}],"more":"\ud800"}""")]
    [InlineData("""{"more":{"type":"error"},"type":"channel_list"}""")]
    [InlineData("""{"":1,"type":"channel_list","Type":5,"TYPE":[]}""")]
    [InlineData(" \t\r\n{ \"type\" : \"channel_list\" } \n")]
    [InlineData("""{"\u0074ype":"channel\u005flist"}""")]
    public async Task Unknown_fields_white_space_and_escapes_change_nothing(string request)
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync(request);

        (await alice.NextAsync()).ShouldBe(new { type = "channel_info", channels = "<list>" });
    }

    [Fact]
    public async Task A_field_that_only_level_2_knows_is_ignored()
    {
        var alice = await EnterAsync();
        var room = await RoomAsync(alice);

        var echo = await alice.AskAsync(new { type = "message", content = "hi", nonce = "n-1", @ref = 7, extra = 1 });

        echo.ShouldBe(new { type = "message", channel = room, sender = alice.Name, content = "hi", timestamp = "<time>", id = "<id>" });
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"type":"channel_list"}]""")]
    [InlineData("\"channel_list\"")]
    [InlineData("17")]
    [InlineData("-1.5e300")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":["channel_list"]}""")]
    [InlineData("""{"type":{"type":"channel_list"}}""")]
    [InlineData("""{"Type":"channel_list"}""")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"inner":{"type":"channel_list"}}""")]
    public async Task What_is_no_object_with_a_string_type_is_refused_before_and_after_the_login(string payload)
    {
        var stranger = await ConnectAsync();
        var alice = await EnterAsync();

        await stranger.SendTextAsync(payload);
        await alice.SendTextAsync(payload);

        (await stranger.NextAsync()).ShouldBeError("invalid", Malformed);
        (await alice.NextAsync()).ShouldBeError("invalid", Malformed);
        (await stranger.AskAsync(new { type = "channel_list" })).ShouldBeError("not_authenticated", "You must log in first.");
        await alice.HeardNothingAsync();
    }
}
