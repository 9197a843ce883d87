namespace Parley.Server.Tests.Support;

/// <summary>
/// A test with people in it. They come by <see cref="EnterAsync"/> and move by <see cref="MoveAsync"/>, which take what the others are told of it, so that a
/// test begins with nothing unread anywhere.
/// </summary>
public abstract class ChatTest(ChatServer server) : IAsyncDisposable
{
    private readonly List<Peer> _peers = [];
    private readonly HashSet<string> _cast = [];

    protected ChatServer Server { get; } = server;

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
            await peer.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A connection that has said nothing.</summary>
    protected async Task<Peer> ConnectAsync()
    {
        var peer = new Peer(await RawPeer.ConnectAsync(Server.Process), IsOfThisTest);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Somebody logs in at level 1, and is in general.</summary>
    protected async Task<Peer> EnterAsync(string? name = null)
    {
        name ??= Server.NewName();
        Cast(name);
        var peer = await ConnectAsync();
        await peer.SendAsync(new { type = "auth_login", username = name, password = PredecessorDatabase.Password });
        var result = await peer.NextAsync("auth_result");
        Assert.True(result["success"]!.GetValue<bool>(), result.Raw);
        await peer.NextAsync("channel_info");
        await peer.NextAsync("channel_joined");
        (peer.Name, peer.Token, peer.Channel) = (result.Text("username"), result.Text("token"), "general");
        await ArrivedAsync(peer);
        return peer;
    }

    /// <summary>Somebody logs in at level 2.</summary>
    protected async Task<(Peer Peer, Frame Ready)> EnterLevel2Async(string? name = null)
    {
        name ??= Server.NewName();
        Cast(name);
        var peer = await ConnectAsync();
        (await peer.AskAsync(new { type = "hello" })).ShouldBe(new { type = "welcome", level = 2, server = "<text>" });
        await peer.SendAsync(new { type = "auth_login", username = name, password = PredecessorDatabase.Password });
        var result = await peer.NextAsync("auth_result");
        Assert.True(result["success"]!.GetValue<bool>(), result.Raw);
        (peer.Name, peer.Token, peer.IsLevel2) = (result.Text("username"), result.Text("token"), true);
        var ready = await peer.NextAsync("ready");
        await ArrivedAsync(peer);
        return (peer, ready);
    }

    /// <summary>Somebody comes back by token at level 2.</summary>
    protected async Task<(Peer Peer, Frame Ready)> ComeBackAsync(string token)
    {
        var peer = await ConnectAsync();
        var ready = await peer.AskAsync(new { type = "hello", token });
        Assert.True(ready.Type == "ready", ready.Raw);
        (peer.Name, peer.Token, peer.IsLevel2) = (ready["user"]!["username"]!.GetValue<string>(), token, true);
        Cast(peer.Name);
        await ArrivedAsync(peer);
        return (peer, ready);
    }

    /// <summary>A new channel with these people in it, and nothing unread.</summary>
    protected async Task<string> RoomAsync(params Peer[] members)
    {
        var name = await NewChannelAsync(members[0]);
        foreach (var member in members)
            await MoveAsync(member, name);
        return name;
    }

    /// <summary>A new channel, and everyone told of it.</summary>
    protected async Task<string> NewChannelAsync(Peer creator, string description = "")
    {
        var name = Server.NewChannelName();
        await creator.SendAsync(new { type = "channel_create", name, description });
        foreach (var peer in _peers.Where(p => p.Name.Length > 0 && !p.HasEnded))
            await peer.SkipToAsync("channel_created");
        return name;
    }

    protected async Task<Frame> MoveAsync(Peer peer, string channel)
    {
        var former = peer.Channel;
        await peer.SendAsync(new { type = "channel_join", channel });
        var joined = await peer.NextAsync("channel_joined");
        peer.Channel = channel;
        await NewsAsync(peer, p => p.Channel == former && !IsElsewhereIn(peer, former) ? ["user_left"] : p.Channel == channel && !IsElsewhereIn(peer, channel) ? ["user_joined"] : []);
        return joined;
    }

    /// <summary>
    /// Nothing more was on its way to the witness: somebody says a last word to the witness in private, which must be the very next frame. What is
    /// committed is sent in one order, so whatever was said before would have come first.
    /// </summary>
    protected static async Task NothingReachedAsync(Peer witness, Peer teller)
    {
        var lastWord = new { type = "private_message", to = witness.Name, content = "the last word" };
        if (teller.IsLevel2)
            Assert.Equal("ack", (await teller.RequestAsync(lastWord)).Type);
        else
            await teller.SkipAndAskAsync(lastWord, "private_message");
        if (witness.IsLevel2)
            (await witness.SkipToAsync(f => f.Type != "conversation_opened")).ShouldBe(
                new { type = "event", channel_id = "<id>", @event = new { number = "<id>", kind = "message", message_id = "<id>", author_id = "<id>", author = teller.Name, content = "the last word", timestamp = "<time>" } });
        else
            (await witness.NextAsync()).ShouldBe(new { type = "private_message", from = teller.Name, content = "the last word", timestamp = "<time>" });
    }

    /// <summary>A new channel for people of level 2, and everyone told of it; its id.</summary>
    protected async Task<long> NewLogAsync(Peer creator) => (await NewNamedLogAsync(creator)).Id;

    /// <inheritdoc cref="NewLogAsync"/>
    protected async Task<(long Id, string Name)> NewNamedLogAsync(Peer creator)
    {
        var name = Server.NewChannelName();
        var done = await creator.RequestAsync(new { type = "channel_create", name, description = "" });
        foreach (var peer in _peers.Where(p => p.Name.Length > 0 && !p.HasEnded))
            await peer.SkipToAsync("channel_created");
        return (done.Number("channel_id"), name);
    }

    protected void Cast(string name)
    {
        lock (_cast)
            _cast.Add(name.ToUpperInvariant());
    }

    private bool IsOfThisTest(string name)
    {
        lock (_cast)
            return _cast.Contains(name.ToUpperInvariant());
    }

    private Task ArrivedAsync(Peer peer)
    {
        string[] status = OthersOf(peer).Any(p => p.Name == peer.Name) ? [] : ["status_change"];
        return NewsAsync(
            peer, p => p.Channel is { } room && (peer.IsLevel2 || peer.Channel == room) && !IsElsewhereIn(peer, room) ? [.. status, "user_joined"] : status);
    }

    // By another connection, so that nobody is told of this one. Whoever is there at level 2 is in every channel.
    private bool IsElsewhereIn(Peer peer, string? channel) => OthersOf(peer).Any(p => p.Name == peer.Name && (p.IsLevel2 || p.Channel == channel));

    private IEnumerable<Peer> OthersOf(Peer peer) => _peers.Where(p => p != peer && p.Name.Length > 0 && !p.HasEnded);

    private async Task NewsAsync(Peer subject, Func<Peer, string[]> expected)
    {
        foreach (var peer in OthersOf(subject).Where(p => !p.IsLevel2 && p.Name != subject.Name))
        {
            var news = await peer.NextAsync(expected(peer).Length);
            Assert.Equal(expected(peer).Order(), news.Select(f => f.Type).Order());
            Assert.All(news, f => Assert.Equal(subject.Name, f.Text("username")));
        }
    }
}
