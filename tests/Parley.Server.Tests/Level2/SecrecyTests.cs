namespace Parley.Server.Tests.Level2;

/// <summary>A conversation is seen by its two people and by nobody else, in whatever way somebody looks for it.</summary>
[Collection(Level2Server.Name)]
public sealed class SecrecyTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task A_third_one_hears_nothing_live()
    {
        var (alice, _) = await EnterLevel2Async();
        var bob = await EnterAsync();
        var (carol, _) = await EnterLevel2Async();
        var dave = await EnterAsync();

        await alice.RequestAsync(new { type = "private_message", to = bob.Name, content = "secret" });
        await bob.SkipToAsync("private_message");
        await bob.SkipAndAskAsync(new { type = "private_message", to = alice.Name, content = "secret, too" }, "private_message");
        await alice.RequestAsync(new { type = "action", channel_id = (await alice.SkipToAsync("event")).Number("channel_id"), content = "nods in secret" });

        await NothingReachedAsync(carol, alice);
        await NothingReachedAsync(dave, alice);
    }

    [Fact]
    public async Task A_third_one_finds_it_in_no_list()
    {
        var (alice, bob, carol, id) = await SecretAsync();

        var (_, ready) = await ComeBackAsync(carol.Token);
        var list = await carol.RequestAsync(new { type = "channel_list" });

        Assert.DoesNotContain("secret", ready.Raw, StringComparison.Ordinal);
        Assert.Empty(ready.List("conversations"));
        Assert.DoesNotContain(ready.List("channels"), c => c["id"]!.GetValue<long>() == id);
        Assert.DoesNotContain(list.List("channels"), c => c["id"]!.GetValue<long>() == id);
        Assert.DoesNotContain((await alice.RequestAsync(new { type = "channel_list" })).List("channels"), c => c["id"]!.GetValue<long>() == id);
        Assert.DoesNotContain((await ComeBackAsync(bob.Token)).Ready.List("channels"), c => c["id"]!.GetValue<long>() == id);
    }

    /// <summary>"Not allowed" and "not there" must not be told apart: the answer is the same as for an id that nobody has.</summary>
    [Theory]
    [InlineData("""{"type":"history"}""")]
    [InlineData("""{"type":"message","content":"let me in"}""")]
    [InlineData("""{"type":"action","content":"knocks"}""")]
    [InlineData("""{"type":"read","number":1}""")]
    public async Task A_third_one_who_names_its_id_is_told_that_it_is_not_there(string request)
    {
        var (alice, _, carol, id) = await SecretAsync();
        var naming = System.Text.Json.Nodes.JsonNode.Parse(request)!.AsObject();

        naming["channel_id"] = id;
        var answer = await carol.RequestAsync(naming);
        naming["channel_id"] = 987_654_321;
        var nowhere = await carol.RequestAsync(naming);

        answer.ShouldBeRefusal("not_found");
        Assert.Equal(nowhere.Raw.Replace("987654321", Log.Text(id), StringComparison.Ordinal), answer.Raw);
        Assert.Equal(["secret"], (await alice.HistoryAsync(id)).Contents());
    }

    [Fact]
    public async Task Nobody_reaches_it_by_the_name_that_it_bears_inside()
    {
        var (alice, bob, carol, id) = await SecretAsync();
        var dave = await EnterAsync();
        var name = await InnerNameAsync(alice, bob);

        (await carol.RequestAsync(new { type = "message", channel = name, content = "let me in" })).ShouldBeRefusal("not_found");
        (await carol.RequestAsync(new { type = "user_list", channel = name })).ShouldBeRefusal("not_found");
        (await dave.AskAsync(new { type = "channel_join", channel = name })).ShouldBeError("not_found", $"Channel '{name}' not found.");
        (await dave.AskAsync(new { type = "message", channel = name, content = "let me in" })).ShouldBeError("not_found", $"Channel '{name}' not found.");
        (await dave.AskAsync(new { type = "user_list", channel = name })).ShouldBeError("not_found", $"Channel '{name}' not found.");
        (await dave.AskAsync(new { type = "channel_create", name })).ShouldBeRefusal("invalid");
        Assert.Equal(["secret"], (await alice.HistoryAsync(id)).Contents());
    }

    [Fact]
    public async Task At_level_1_its_own_people_cannot_make_it_their_channel_either()
    {
        var (alice, bob, _, _) = await SecretAsync();
        var aliceElsewhere = await EnterAsync(alice.Name);
        var name = await InnerNameAsync(alice, bob);

        (await aliceElsewhere.AskAsync(new { type = "channel_join", channel = name })).ShouldBeError("not_found", $"Channel '{name}' not found.");
    }

    private async Task<string> InnerNameAsync(params Peer[] two)
    {
        var ids = new List<long>();
        foreach (var peer in two)
            ids.Add((await ComeBackAsync(peer.Token)).Ready["user"]!["id"]!.GetValue<long>());
        return $"@{ids.Min()}:{ids.Max()}";
    }

    private async Task<(Peer Alice, Peer Bob, Peer Carol, long Id)> SecretAsync()
    {
        var (alice, _) = await EnterLevel2Async();
        var (bob, _) = await EnterLevel2Async();
        var (carol, _) = await EnterLevel2Async();
        var ack = await alice.RequestAsync(new { type = "private_message", to = bob.Name, content = "secret" });
        return (alice, bob, carol, ack.Number("channel_id"));
    }
}
