using Microsoft.Extensions.Logging.Abstractions;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Native.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Mirror;

public sealed class MirrorTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>, IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ChatClientOptions WithMirror => NativeClientOptions.Create(_folder.Path);

    private string MirrorPath => Assert.Single(Directory.GetFiles(_folder.Path, "*.db"));

    [Fact]
    public async Task The_window_paints_from_the_mirror_before_the_network_answers()
    {
        await using var wire = new CuttingProxy(server.Address);
        var alice = await server.RegisterAsync(through: wire.Address, options: WithMirror);
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await bob.Client.SayPrivatelyAsync(alice.State.User!.Username, "psst", Cancel);
        await bob.SayAndSeeAsync(room, [.. Enumerable.Range(1, 120).Select(i => $"line {i}")]);
        await alice.SeesAsync(s => s.LogOf(room).LastNumber == 120, "120 lines");
        alice.Client.MarkRead(room, 100);
        var session = alice.Session;
        await alice.DisposeAsync();
        var (before, members) = (alice.State, alice.Client.Members.Now);
        wire.TakeDown();

        await using var again = new TestClient(new ChatClient(wire.Address, WithMirror));
        Assert.IsType<LogInResult.Unreachable>(await again.Client.ResumeAsync(session, Cancel));

        Assert.Equal(before.Channels, again.State.Channels.AsEnumerable());
        Assert.Equal(before.Conversations, again.State.Conversations.AsEnumerable());
        Assert.Equal(members.InOrder.Select(m => m.Username).Order(), again.Client.Members.Now.InOrder.Select(m => m.Username).Order());
        Assert.Equal(0, again.Client.Members.Now.OnlineCount);
        Assert.Equal(new(100, 20), again.State.ReadPositionOf(room));
        Assert.Equal((120, 120), (again.State.LogOf(room).HeldCount, again.State.LogOf(room).LastNumber));
        Assert.Null(await again.Client.LoadLatestAsync(room, Cancel));
        Assert.Equal(Enumerable.Range(71, 50).Select(i => $"line {i}"), again.Said(room));
        await again.LoadAllHeldAsync(room);
        Assert.Equal(Enumerable.Range(1, 120).Select(i => $"line {i}"), again.Said(room));
    }

    [Fact]
    public async Task What_was_said_while_the_program_was_closed_is_caught_up_by_number()
    {
        var alice = await server.RegisterAsync(options: WithMirror);
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await bob.SayAndSeeAsync(room, "1", "2", "3");
        await alice.SeesAsync(s => s.LogOf(room).HeldCount == 3, "3 lines");
        var session = alice.Session;
        await alice.DisposeAsync();
        await bob.SayAndSeeAsync(room, [.. Enumerable.Range(4, 200).Select(i => $"{i}")]);

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        await again.Client.ResumeAsync(session, Cancel);

        await again.SeesAsync(s => s.LogOf(room) is { HeldCount: 203, IsWhole: true }, "203 of 203");
        await again.Client.LoadLatestAsync(room, Cancel);
        await again.LoadAllHeldAsync(room);
        Assert.Equal(Enumerable.Range(1, 203).Select(i => $"{i}"), again.Said(room));
    }

    [Fact]
    public async Task Whom_a_message_means_is_kept()
    {
        await using var wire = new CuttingProxy(server.Address);
        var alice = await server.RegisterAsync(through: wire.Address, options: WithMirror);
        await using var bob = await server.RegisterAsync();
        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await bob.SayAndSeeAsync(room, $"@{alice.State.User!.Username}, here");
        await alice.SeesAsync(s => s.ReadPositionOf(room) is { Unread: 1, Mentions: 1 }, "a mention");
        var session = alice.Session;
        await alice.DisposeAsync();
        wire.TakeDown();

        await using (var offline = new TestClient(new ChatClient(wire.Address, WithMirror)))
        {
            await offline.Client.ResumeAsync(session, Cancel);
            await offline.LoadAllAsync(room);
            Assert.Equal(new(0, 1, 1), offline.State.ReadPositionOf(room));
            Assert.True(MeansMe(offline));
        }

        bool MeansMe(TestClient client) => client.State.LogOf(room).At(1)!.Mentions?.Contains(client.State.User!.Id) == true;
    }

    [Fact]
    public async Task A_login_by_password_finds_the_mirror_too()
    {
        var alice = await server.RegisterAsync(options: WithMirror);
        await alice.SayAndSeeAsync(alice.General, "mine");
        var name = alice.Session.Username;
        var held = alice.State.LogOf(alice.General).HeldCount;
        await alice.DisposeAsync();

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        Assert.IsType<LogInResult.LoggedIn>(await again.Client.LogInAsync(name.ToUpperInvariant(), TestClient.Password, Cancel));

        await again.SeesAsync(s => s.LogOf(again.General).HeldCount >= held, "what the mirror holds");
    }

    [Fact]
    public async Task Logging_out_leaves_nothing_on_this_machine()
    {
        await using var alice = await server.RegisterAsync(options: WithMirror);
        await alice.SayAndSeeAsync(alice.General, "mine");
        Assert.NotEmpty(MirrorPath);

        await alice.Client.LogOutAsync(Cancel);

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Nobody_but_its_owner_can_read_it()
    {
        await using var alice = await server.RegisterAsync(options: WithMirror);
        await alice.SayAndSeeAsync(alice.General, "mine");

        if (OperatingSystem.IsWindows())
            return; // There the folder of the profile is what nobody else can read.
        foreach (var file in Directory.GetFiles(_folder.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_put_aside()
    {
        var alice = await server.RegisterAsync(options: WithMirror);
        var session = alice.Session;
        await alice.DisposeAsync();
        var path = MirrorPath;
        await File.WriteAllTextAsync(path, "This is no database, and longer than its header would be. " + new string('x', 4_096), Cancel);

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        Assert.IsType<LogInResult.LoggedIn>(await again.Client.ResumeAsync(session, Cancel));

        Assert.True(File.Exists(path + ".broken"));
        Assert.Equal(session.Username, again.State.User?.Username);
    }

    [Fact]
    public async Task A_damaged_file_is_put_aside_and_logging_out_removes_that_too()
    {
        var alice = await server.RegisterAsync(options: WithMirror);
        await alice.SayAndSeeAsync(alice.General, [.. Enumerable.Range(0, 40).Select(_ => new string('x', 2_000))]);
        var session = alice.Session;
        await alice.DisposeAsync();
        var path = MirrorPath;
        await using (var file = File.OpenWrite(path))
        {
            // The first page, which says that it is a database, is whole; the others are not.
            file.Position = 4_096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4_096).ToArray(), Cancel);
        }

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        Assert.IsType<LogInResult.LoggedIn>(await again.Client.ResumeAsync(session, Cancel));
        await again.SayAndSeeAsync(again.General, "kept");

        Assert.True(File.Exists(path + ".broken"));
        Assert.True(File.Exists(path));
        await again.Client.LogOutAsync(Cancel);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Who_closes_it_for_the_second_time_waits_for_the_first()
    {
        var path = _folder["mirror.db"];
        var store = new ChatStore();
        await using var mirror = ChatMirror.Open(path, "alice", store, NullLogger.Instance)!;
        using var other = Sql.Hold(path);
        store.Update(state => state with { Epoch = "e", User = new SelfState(new UserId(1), "alice") });

        var first = mirror.DisposeAsync().AsTask();
        var second = mirror.EraseAsync();

        Assert.False(second.IsCompleted); // The last writing waits for the lock.
        other.Dispose();
        await second;
        Assert.True(first.IsCompletedSuccessfully);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Who_reads_after_the_end_finds_nothing_and_waits_for_nothing()
    {
        var mirror = ChatMirror.Open(_folder["mirror.db"], "alice", new ChatStore(), NullLogger.Instance)!;
        await mirror.DisposeAsync();

        var read = mirror.ReadAsync(new ChannelId(1), new NumberRange(1, 50), isFromEnd: true, 50, Cancel);

        Assert.Null(await Deadline.WithinAsync(read, () => "an answer"));
        Assert.Null(await Deadline.WithinAsync(mirror.FindAsync(new ChannelId(1), DateTimeOffset.UnixEpoch, Cancel), () => "an answer"));
    }

    [Fact]
    public async Task What_stands_in_it_and_is_no_time_is_asked_of_the_server()
    {
        var alice = await server.RegisterAsync(options: WithMirror);
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await alice.SayAndSeeAsync(room, "one", "two");
        var session = alice.Session;
        await alice.DisposeAsync();
        Sql.Run(MirrorPath, "UPDATE messages SET at = 9000000000000000000");

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        await again.Client.ResumeAsync(session, Cancel);
        await again.SeesAsync(s => s.Connection is ConnectionStatus.Connected, "the connection");
        Assert.Null(await again.Client.LoadLatestAsync(room, Cancel));

        Assert.Equal(["one", "two"], again.Said(room));
    }

    [Fact]
    public async Task A_mirror_that_cannot_be_written_for_whatever_reason_goes_on_and_closes()
    {
        var path = _folder["mirror.db"];
        var store = new ChatStore();
        var mirror = ChatMirror.Open(path, "alice", store, NullLogger.Instance)!;
        Sql.Run(path, "ALTER TABLE outbox RENAME TO away");
        await SaveAsync("first");
        Sql.Run(path, $"ALTER TABLE away RENAME TO outbox; INSERT INTO outbox VALUES(7, 'n', 1, 'message', 'x', {long.MaxValue}, NULL, NULL, NULL)"); // No time.

        await SaveAsync("second");
        Sql.Run(path, "DELETE FROM outbox");
        await SaveAsync("third");
        await mirror.DisposeAsync();

        Assert.Equal(["first", "second", "third"], store.State.PendingOf(new ChannelId(1)).Select(message => message.Content));
        await using var again = ChatMirror.Open(path, "alice", new ChatStore(), NullLogger.Instance);
        Assert.Contains("third", again!.Loaded.PendingOf(new ChannelId(1)).Select(message => message.Content));

        Task SaveAsync(string text)
        {
            var message = new PendingMessage($"nonce-{text}", new ChannelId(1), MessageKind.Message, text, DateTimeOffset.UnixEpoch);
            return mirror.SaveAsync(message, () => store.Update(state => OutboxReducer.Add(state, message)));
        }
    }

    [Fact]
    public void A_file_with_a_message_of_no_time_is_put_aside()
    {
        var path = _folder["mirror.db"];
        MirrorFile.Open(path).Dispose();
        Sql.Run(path, $"INSERT INTO outbox VALUES(7, 'n', 1, 'message', 'x', {long.MaxValue}, NULL, NULL, NULL)");

        Assert.NotNull(ChatMirror.Open(path, "alice", new ChatStore(), NullLogger.Instance));
        Assert.True(File.Exists(path + ".broken"));
    }

    [Fact]
    public void What_another_program_holds_stays_and_the_rest_goes()
    {
        var path = _folder["mirror.db"];
        File.WriteAllText(path + "-wal", "");
        File.WriteAllText(path + ".broken", "");
        Directory.CreateDirectory(path); // Nothing can delete it as a file.

        Assert.NotNull(MirrorFile.Erase(path));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("/../../escaped")]
    [InlineData("..\\..\\escaped")]
    [InlineData("a/b")]
    public void Whatever_a_server_calls_the_user_the_file_lies_in_the_folder(string username)
    {
        var path = MirrorFile.PathOf(_folder.Path, server.Address, username);

        Assert.Equal(_folder.Path, Path.GetDirectoryName(Path.GetFullPath(path)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_costs_the_mirror_and_nothing_else()
    {
        var file = _folder["a-file"];
        await File.WriteAllTextAsync(file, "", Cancel);

        await using var alice = await server.RegisterAsync(options: NativeClientOptions.Create(Path.Combine(file, "below")));
        await alice.SayAndSeeAsync(alice.General, "all the same");

        Assert.Contains("all the same", alice.Said(alice.General));
    }

    [Fact]
    public async Task Other_data_on_the_server_empties_the_mirror_and_keeps_what_was_not_said()
    {
        await using var own = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var address = new ServerAddress(own.Host, own.Port, UseTls: false);
        var alice = await TestClient.RegisterAsync(address, "alice", WithMirror);
        await alice.SayAndSeeAsync(alice.General, "in the old data");
        var general = alice.General;
        await own.TerminateAsync();
        await alice.SayAsync(general, "never said");
        await alice.DisposeAsync();
        foreach (var file in Directory.GetFiles(own.Folder, "chat_data*"))
            File.Delete(file);
        await own.RestartAsync();

        await using var again = await TestClient.RegisterAsync(address, "alice", WithMirror);

        Assert.Equal(0, again.State.LogOf(general).HeldCount);
        Assert.Equal(("never said", PendingState.Failed), again.State.PendingOf(general).Select(m => (m.Content, m.State)).Single());
    }

    public void Dispose() => _folder.Dispose();
}
