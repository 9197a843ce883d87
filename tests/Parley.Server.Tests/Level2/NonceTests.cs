namespace Parley.Server.Tests.Level2;

/// <summary>What is sent again with its nonce is answered with the first one's acknowledgement, and stored once.</summary>
[Collection(Level2Server.Name)]
public sealed class NonceTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task The_same_nonce_again_gets_the_same_ack_and_nobody_hears_it_twice()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var nonce = Guid.NewGuid().ToString();
        var first = await alice.SayAsync(log, "once", nonce);
        await alice.SayAsync(log, "in between");

        var second = await alice.SayAsync(log, "once", nonce);

        Assert.Equal(first.Raw, second.Raw);
        Assert.Equal(["once", "in between"], (await alice.HistoryAsync(log)).Contents());
        Assert.Equal(["once", "in between"], (await bob.NextAsync(2)).Select(f => f.EventContent()));
        await NothingReachedAsync(bob, alice);
    }

    [Fact]
    public async Task The_same_nonce_from_another_connection_of_the_author_is_the_same_message()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var first = await alice.SayAsync(log, "once", "from-two-places");
        var (again, _) = await ComeBackAsync(alice.Token);

        Assert.Equal(first.Raw, (await again.SayAsync(log, "once", "from-two-places")).Raw);
    }

    [Fact]
    public async Task All_fields_of_a_repeated_ack_are_the_first_ones_whatever_is_sent_again()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var other = await NewLogAsync(alice);
        var first = await alice.SayAsync(log, "first", "the-same");

        Assert.Equal(first.Raw, (await alice.SayAsync(other, "second", "the-same")).Raw);
        Assert.Equal(first.Raw, (await alice.RequestAsync(new { type = "action", channel_id = log, content = "third", nonce = "the-same" })).Raw);
        Assert.Equal(0, (await alice.HistoryAsync(other)).Number("last_number"));
    }

    [Fact]
    public async Task Twice_in_one_write_is_once_too()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        await alice.SendTogetherAsync(
            Enumerable.Range(0, 10).Select(i => new { type = "message", @ref = 1, channel_id = log, content = "once", nonce = "together" }));
        var acks = new List<string>();
        while (acks.Count < 10)
            acks.Add((await alice.SkipToAsync("ack")).Raw);

        Assert.Single(acks.Distinct());
        Assert.Equal(["once"], (await alice.HistoryAsync(log)).Contents());
    }

    [Fact]
    public async Task At_once_from_many_connections_is_once_too()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        var connections = new List<Peer> { alice };
        for (var i = 0; i < 5; i++)
            connections.Add((await ComeBackAsync(alice.Token)).Peer);

        var acks = await Task.WhenAll(connections.Select(c => c.SayAsync(log, "once", "racing")));

        Assert.Single(acks.Select(a => a.Raw).Distinct());
        Assert.Equal(["once"], (await alice.HistoryAsync(log)).Contents());
    }

    [Fact]
    public async Task A_nonce_is_its_authors_own()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        Assert.Equal(1, (await alice.SayAsync(log, "mine", "shared")).Number("number"));
        Assert.Equal(2, (await bob.SayAsync(log, "mine", "shared")).Number("number"));
        Assert.Equal(2, (await bob.SayAsync(log, "mine", "shared")).Number("number"));
        Assert.Equal(1, (await alice.SayAsync(log, "mine", "shared")).Number("number"));
    }

    [Fact]
    public async Task Nonces_tell_upper_from_lower_case()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        await alice.SayAsync(log, "one", "aBc");

        Assert.Equal(2, (await alice.SayAsync(log, "two", "AbC")).Number("number"));
    }

    [Fact]
    public async Task Private_messages_and_actions_have_nonces_too()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();

        var first = await alice.RequestAsync(new { type = "private_message", to = bob.Name, content = "psst", nonce = "p-1" });
        var second = await alice.RequestAsync(new { type = "private_message", to = bob.Name, content = "psst", nonce = "p-1" });

        Assert.Equal("p-1", first.Text("nonce"));
        Assert.Equal(first.Raw, second.Raw);
        Assert.Equal(["psst"], (await bob.HistoryAsync(first.Number("channel_id"))).Contents());
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("tab\there")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_nonce_of_another_form_is_refused(string nonce)
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        (await alice.RequestAsync(new { type = "message", channel_id = log, content = "hi", nonce })).ShouldBeRefusal("invalid");
        Assert.Equal(0, (await alice.HistoryAsync(log)).Number("last_number"));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("~")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("\"\\quoted\\\"")]
    public async Task A_nonce_may_be_any_64_printable_characters(string nonce)
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);

        Assert.Equal(nonce, (await alice.SayAsync(log, "hi", nonce)).Text("nonce"));
        (await alice.NextAsync()).ShouldBe(Log.Event(log, 1, alice, "hi", nonce: nonce));
    }

    [Fact]
    public async Task A_refused_message_does_not_use_its_nonce_up()
    {
        var (alice, _) = await EnterLevel2Async();
        var log = await NewLogAsync(alice);
        (await alice.RequestAsync(new { type = "message", channel_id = log, content = "", nonce = "again" })).ShouldBeError(
            "invalid", "Message cannot be empty.");

        Assert.Equal(1, (await alice.SayAsync(log, "now", "again")).Number("number"));
    }
}
