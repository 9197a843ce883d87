using System.Collections.Immutable;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Support;

/// <summary>A client with the verbs of a test: what it does, and what it waits to see.</summary>
internal sealed class TestClient(ChatClient client) : IAsyncDisposable
{
    internal const string Password = "correct horse";

    internal ChatClient Client { get; } = client;

    internal ChatState State => Client.Store.State;

    internal Session Session => Client.Session ?? throw new InvalidOperationException("Not logged in.");

    internal ChannelId General => ChannelNamed("general");

    internal static async Task<TestClient> RegisterAsync(ServerAddress server, string name, ChatClientOptions? options = null)
    {
        var client = new TestClient(new ChatClient(server, options ?? NativeClientOptions.Create()));
        var result = await client.Client.RegisterAsync(name, Password, Cancel);
        Assert.True(result is LogInResult.LoggedIn, result.ToString());
        await client.SeesAsync(state => state.Connection is ConnectionStatus.Connected, "to be connected");
        return client;
    }

    /// <summary>The same user in another window, by the same token.</summary>
    internal async Task<TestClient> AnotherWindowAsync(ServerAddress? server = null)
    {
        var other = new TestClient(new ChatClient(server ?? Client.Server, NativeClientOptions.Create()));
        Assert.IsType<LogInResult.LoggedIn>(await other.Client.ResumeAsync(Session, Cancel));
        await other.SeesAsync(state => state.Connection is ConnectionStatus.Connected, "to be connected");
        return other;
    }

    internal ChannelId ChannelNamed(string name) => State.Channels.Single(c => c.Name == name).Id;

    internal async Task<string> SayAsync(ChannelId id, string content, MessageKind kind = MessageKind.Message)
    {
        var answer = await Client.SayAsync(id, kind, content, Cancel);
        Assert.Null(answer.Refusal);
        return answer.Value;
    }

    /// <summary>Says it, and waits until the log holds all that was said before.</summary>
    internal async Task SayAndSeeAsync(ChannelId id, params string[] contents)
    {
        foreach (var content in contents)
            await SayAsync(id, content);
        await SeesAsync(state => state.PendingOf(id).IsEmpty, "nothing to be on its way");
    }

    internal async Task<ChannelId> CreateChannelAsync(string name)
    {
        var answer = await Client.CreateChannelAsync(name, "", Cancel);
        Assert.Null(answer.Refusal);
        return answer.Value;
    }

    /// <summary>What is said in a log, as far as it is held, by number.</summary>
    internal ImmutableArray<string> Said(ChannelId id) => [.. State.LogOf(id).InOrder.Select(message => message.Content)];

    /// <summary>Pages back until the whole log is held.</summary>
    internal async Task LoadAllAsync(ChannelId id)
    {
        await Client.LoadLatestAsync(id, Cancel);
        await SeesAsync(state => state.LogOf(id).LatestRun is not null || state.LogOf(id).LastNumber == 0, "the end of the log");
        await LoadAllHeldAsync(id);
    }

    /// <summary>Pages back to the first event; what is held on this machine takes no connection.</summary>
    internal async Task LoadAllHeldAsync(ChannelId id)
    {
        while (State.LogOf(id).LatestRun is { First: > 1 } run)
            Assert.Null(await Client.LoadOlderAsync(id, run.First, Cancel));
    }

    internal async Task SeesAsync(Func<ChatState, bool> isSo, string what)
    {
        try
        {
            await Eventually.TrueAsync(() => isSo(State), what);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{State.User?.Username} does not see {what}, {State.Connection}:\n{StateText.Of(State)}", e);
        }
    }

    /// <summary>The same, by somebody who presses "try now" all the while.</summary>
    internal Task SeesImpatientlyAsync(Func<ChatState, bool> isSo, string what) => SeesAsync(
        state =>
        {
            Client.RetryNow();
            return isSo(state);
        },
        what);

    internal Task SaidIsAsync(ChannelId id, params string[] contents) =>
        SeesAsync(_ => Said(id).SequenceEqual(contents), $"\"{string.Join("\", \"", contents)}\"");

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
