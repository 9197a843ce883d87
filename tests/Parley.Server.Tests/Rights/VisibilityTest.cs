using System.Text.Json;
using Parley.Server.Admin;
using Parley.Server.Hosting;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Rights;

/// <summary>A server with a channel in which somebody talks, and an operator who changes who sees it.</summary>
public abstract class VisibilityTest : IAsyncLifetime
{
    protected const int Author = 1;
    protected const int Bob = 2;
    protected const int Carol = 3;
    protected const string Board = "board";
    protected const int Changes = 30;

    private LocalServer? _server;
    private AdminSession? _operator;
    private RawPeer? _author;

    /// <summary>The channel that it is about.</summary>
    protected long BoardId { get; private set; }

    private protected LocalServer Server => _server ?? throw new InvalidOperationException("Not started.");

    protected RawPeer Alice => _author ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });
        _operator = await AdminSession.OpenAsync(_server.DatabasePath, TimeProvider.System);
        (_author, _) = await _server.EnterLevel2Async(Author);
        BoardId = (await Alice.AskAsync("channel_create", ("name", Board))).Number("channel_id");
        await DoAsync("channels.admit", Author);
    }

    public async ValueTask DisposeAsync()
    {
        if (_author is not null)
            await _author.DisposeAsync();
        if (_operator is not null)
            await _operator.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<RawPeer> InAsync(int user)
    {
        var peer = await Server.ConnectAsync();
        await peer.SendAsync(new { type = "auth_login", username = LocalServer.Name(user), password = LocalServer.Password });
        await peer.SkipToAsync("channel_joined");
        await peer.SendAsync(new { type = "channel_join", channel = Board });
        await peer.SkipToAsync("channel_joined");
        return peer;
    }

    protected Task DoAsync(string command, int? user = null) =>
        DoAsync(command, Board, user is { } number ? LocalServer.Name(number) : null);

    protected async Task DoAsync(string command, string name, string? to = null)
    {
        var answer = await _operator!.AskAsync(new AdminRequest(command, name, to));
        Assert.True(answer.Ok, answer.Text);
    }

    // Ends with what was gained.
    protected async Task ChangeAsync(string lose, string gain, int? user, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await DoAsync(lose, user);
            await DoAsync(gain, user);
        }
    }

    protected Talk TalkAsync() => new(Alice, BoardId);

    protected bool IsEvent(JsonElement message, long number) =>
        message.Type() == "event" && message.Number("channel_id") == BoardId && message.GetProperty("event").Number("number") == number;

    /// <summary>Somebody talks until that has lasted long enough.</summary>
    protected sealed class Talk
    {
        private readonly RawPeer _author;
        private readonly long _channel;
        private readonly Task _talking;
        private volatile bool _isEnough;

        public Talk(RawPeer author, long channel)
        {
            (_author, _channel) = (author, channel);
            _talking = TalkAsync();
        }

        /// <summary>Says a last word, which everybody sees by then; its number.</summary>
        public async Task<long> EndAsync()
        {
            _isEnough = true;
            await _talking;
            return (await _author.SayAsync(_channel, "the end")).Number("number");
        }

        private async Task TalkAsync()
        {
            while (!_isEnough)
                await _author.SayAsync(_channel, "and on");
        }
    }
}
