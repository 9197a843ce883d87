using Microsoft.Extensions.Logging.Abstractions;
using Parley.Client.Features.Messages;
using Parley.Client.Native.Mirror;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Mirror;

/// <summary>Files of former versions are read on.</summary>
public sealed class MirrorSchemaTests : IDisposable
{
    private const string Version1 =
        """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE channels(id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL);
        CREATE TABLE conversations(id INTEGER PRIMARY KEY, place INTEGER NOT NULL, with_id INTEGER NOT NULL, with_username TEXT NOT NULL);
        CREATE TABLE members(id INTEGER PRIMARY KEY, username TEXT NOT NULL);
        CREATE TABLE logs(channel_id INTEGER PRIMARY KEY, last_number INTEGER NOT NULL, read_number INTEGER NOT NULL, unread INTEGER NOT NULL);
        CREATE TABLE held(channel_id INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(channel_id, first)) WITHOUT ROWID;
        CREATE TABLE events(
            channel_id INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, message_id INTEGER NOT NULL, author_id INTEGER NOT NULL,
            author TEXT NOT NULL, content TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(channel_id, number)) WITHOUT ROWID;
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY, nonce TEXT NOT NULL UNIQUE, channel_id INTEGER NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
            written_at INTEGER NOT NULL, failure TEXT);
        INSERT INTO meta VALUES('epoch', 'e1'), ('user_id', '1'), ('username', 'user_1');
        INSERT INTO channels VALUES(1, 'room-1', '');
        INSERT INTO logs VALUES(1, 30, 2, 1);
        INSERT INTO outbox VALUES(1, 'n1', 1, 'action', 'waits', 7, NULL);
        PRAGMA user_version = 1;
        """;

    private const string Version2 = $"{Version1} ALTER TABLE logs ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0; ALTER TABLE events ADD COLUMN mentions TEXT; PRAGMA user_version = 2;";

    private static readonly ChannelId Room = new(1);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_version_2_held_is_read_on_and_true_up_to_what_it_did_not_know()
    {
        await using var mirror = Open(Version2 + Events(1, 20, unknown: 13) + Events(25, 30) + "INSERT INTO held VALUES(1, 1, 20), (1, 25, 30);");

        var log = mirror.Loaded.LogOf(Room);
        Assert.Equal((30, 12, true), (log.LastNumber, log.AsOf, log.IsBehind));
        Assert.Equal([new NumberRange(1, 20), new NumberRange(25, 30)], log.Held);
        Assert.Equal("waits", Assert.Single(mirror.Loaded.PendingOf(Room)).Content);
        var page = await mirror.ReadAsync(Room, new NumberRange(1, 20), isFromEnd: true, 10, Cancel);
        Assert.Equal([new NumberRange(10, 20)], page!.Update.Covers);
        Assert.Equal([20, 19, 18, 17, 16, 15, 14, 12, 11, 10], page.Update.Messages.Select(m => m.Number));
        Assert.Equal("2,3", page.Update.Messages[0].Mentions?.ToString());
    }

    [Theory]
    [InlineData("INSERT INTO held VALUES(1, 1, 30);", 30, false)]
    [InlineData("INSERT INTO held VALUES(1, 1, 10), (1, 20, 30);", 10, true)]
    public async Task What_may_hide_in_a_gap_is_asked_for(string held, long asOf, bool isBehind)
    {
        await using var mirror = Open(Version2 + Events(1, 10) + Events(20, 30) + held);

        Assert.Equal((asOf, isBehind), (mirror.Loaded.LogOf(Room).AsOf, mirror.Loaded.LogOf(Room).IsBehind));
    }

    [Fact]
    public async Task Of_version_1_what_waits_is_kept_and_the_rest_is_fetched_again()
    {
        await using var mirror = Open(Version1 + "INSERT INTO events VALUES(1, 1, 'message', 1, 2, 'bob', 'hi', 1); INSERT INTO held VALUES(1, 1, 1);");

        Assert.Empty(mirror.Loaded.LogOf(Room).Held);
        Assert.Equal(("waits", MessageKind.Action), (Assert.Single(mirror.Loaded.PendingOf(Room)).Content, mirror.Loaded.PendingOf(Room)[0].Kind));
    }

    [Fact]
    public async Task An_old_file_goes_on_with_a_server_whose_messages_change()
    {
        await using var server = new ModelServer();
        for (var i = 1; i <= 30; i++)
            server.Do(room => room.Say(new UserId(2), $"said {i}"));
        var path = MirrorFile.PathOf(_folder.Path, server.Address, "user_1");
        Sql.Run(path, Version2 + string.Concat(Enumerable.Range(1, 30).Select(i => $"INSERT INTO events VALUES(1, {i}, 'message', {1_000_000 + i}, 2, 'user_2', 'said {i}', 1, NULL);"))
            + "INSERT INTO held VALUES(1, 1, 30); DELETE FROM outbox;");
        server.Do(room => room.Edit(room.Messages[4], new UserId(2), "edited meanwhile"));

        await using var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create(_folder.Path)));
        await client.Client.ResumeAsync(ModelServer.Session, Cancel);
        await client.LoadAllAsync(Room);

        await client.SeesAsync(s => s.LogOf(Room) is { IsBehind: false, LatestRun: not null } log && log.At(5)?.Content == "edited meanwhile", "the edit");
        Assert.DoesNotContain(server.Asked.OfType<Parley.Protocol.Features.ReadHistory>(), ask => ask.Before <= 30);
    }

    public void Dispose() => _folder.Dispose();

    private static string Events(int first, int last, int? unknown = null) => string.Concat(Enumerable.Range(first, last - first + 1)
        .Select(i => $"INSERT INTO events VALUES(1, {i}, '{(i == unknown ? "edit" : "message")}', {i}, 2, 'bob', 'text {i}', {i}, '2,3');"));

    private ChatMirror Open(string sql)
    {
        var path = _folder["mirror.db"];
        Sql.Run(path, sql);
        return ChatMirror.Open(path, "user_1", new ChatStore(), NullLogger.Instance)!;
    }
}
