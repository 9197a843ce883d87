using System.Text;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Mirror;

/// <summary>What was changed is kept as it is now, and what was taken back leaves the disk.</summary>
public sealed class MirrorChangesTests : IDisposable
{
    private static readonly UserId Bob = new(2);

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ChatClientOptions WithMirror => NativeClientOptions.Create(_folder.Path);

    [Fact]
    public async Task Words_that_were_taken_back_are_nowhere_on_this_machine()
    {
        await using var server = new ModelServer();
        await using var client = await ConnectAsync(server);
        for (var i = 0; i < 50; i++)
            server.Do(room => room.Say(Bob, $"harmless {i}"));
        server.Do(room => room.Say(Bob, "the-first-secret"));
        server.Do(room => room.Say(Bob, "the-second-secret"));
        server.Do(room => room.Say(Bob, "an answer", room.Messages[51]));
        await Eventually.TrueAsync(() => IsOnDisk("the-first-secret") && IsOnDisk("the-second-secret"), "both to be kept");

        server.Do(room => room.Delete(room.Messages[50], Bob));
        server.Do(room => room.Edit(room.Messages[51], Bob, "nothing of interest"));

        await Eventually.TrueAsync(() => !IsOnDisk("the-first-secret") && !IsOnDisk("the-second-secret") && IsOnDisk("nothing of interest"), "them to be gone");
        Assert.True(IsOnDisk("harmless 0"));
    }

    [Fact]
    public async Task Words_that_were_taken_back_meanwhile_go_with_the_catch_up()
    {
        await using var server = new ModelServer();
        await using (await ConnectAsync(server))
        {
            server.Do(room => room.Say(Bob, "the-secret"));
            server.Do(room => room.Say(Bob, "harmless"));
            await Eventually.TrueAsync(() => IsOnDisk("the-secret"), "it to be kept");
        }

        server.Do(room => room.Delete(room.Messages[0], Bob));
        await using var again = await ConnectAsync(server);

        await Eventually.TrueAsync(() => !IsOnDisk("the-secret"), "it to be gone");
        Assert.True(IsOnDisk("harmless"));
    }

    [Fact]
    public async Task What_changed_is_shown_as_it_is_without_a_connection_too()
    {
        await using var server = new ModelServer();
        await using (var client = await ConnectAsync(server))
        {
            server.Do(room => room.Say(Bob, "old words"));
            server.Do(room => room.Say(Bob, "an answer", room.Messages[0]));
            server.Do(room => room.Edit(room.Messages[0], Bob, "new words"));
            server.Do(room => room.React(room.Messages[1], ModelServer.Alice, "👍", isOn: true));
            await client.SeesAsync(s => s.LogOf(new ChannelId(1)).LastNumber == 4, "all of it");
        }

        server.IsDown = true;
        await using var offline = new TestClient(new ChatClient(server.Address, WithMirror));
        await offline.Client.ResumeAsync(ModelServer.Session, Cancel);
        await offline.LoadAllAsync(new ChannelId(1));

        var log = offline.State.LogOf(new ChannelId(1));
        Assert.Equal(["new words", "an answer"], log.InOrder.Select(m => m.Content));
        Assert.Equal("new words", log.Messages[log.At(2)!.ReplyTo!.Value].Content);
        Assert.Equal([new Reaction("👍", 1, IsMine: true)], log.At(2)!.Reactions.All);
    }

    [Fact]
    public async Task Changes_wait_over_the_end_of_the_program_and_go_out_once()
    {
        await using var server = new ModelServer();
        server.Do(room => room.Say(Bob, "one"));
        server.Do(room => room.Say(Bob, "two"));
        var general = server.Rooms[0];
        await using (var client = await ConnectAsync(server))
        {
            await client.LoadAllAsync(general.Id);
            server.IsDown = true;
            server.Cut();
            await client.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");
            await client.Client.ChangeAsync(general.Id, general.Messages[0], ChangeKind.Edit, "one, mended", Cancel);
            await client.Client.ChangeAsync(general.Id, general.Messages[1], ChangeKind.AddReaction, "👍", Cancel);
            await client.Client.ChangeAsync(general.Id, general.Messages[1], ChangeKind.Delete, "", Cancel);
        }

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        await again.Client.ResumeAsync(ModelServer.Session, Cancel);
        Assert.Equal([ChangeKind.Edit, ChangeKind.AddReaction, ChangeKind.Delete], again.State.OutboxOf(general.Id).Cast<PendingChange>().Select(c => c.Kind));
        server.IsDown = false;

        await again.SeesImpatientlyAsync(s => s.Outbox.IsEmpty, "nothing waiting");
        await again.LoadAllAsync(general.Id);
        await again.SaidIsAsync(general.Id, "one, mended", "");
        Assert.Equal(5, general.LastNumber);
    }

    [Fact]
    public async Task What_the_server_refuses_to_change_has_failed_and_can_be_given_up()
    {
        await using var server = new ModelServer { Refuses = "message_edit" };
        server.Do(room => room.Say(Bob, "one"));
        await using var client = await ConnectAsync(server);
        var (room, message) = (server.Rooms[0].Id, server.Rooms[0].Messages[0]);

        var blank = await client.Client.ChangeAsync(room, message, ChangeKind.Edit, " ", Cancel);
        var refused = await client.Client.ChangeAsync(room, message, ChangeKind.Edit, "mine", Cancel);

        Assert.Equal(ErrorCode.Invalid, blank.Refusal?.Code);
        await client.SeesAsync(s => s.OutboxOf(room) is [PendingChange { State: PendingState.Failed, Failure.Length: > 0 }], "the failure");
        Assert.Empty(client.State.PendingOf(room));
        client.Client.Discard(refused.Value);
        Assert.Empty(client.State.Outbox);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<TestClient> ConnectAsync(ModelServer server)
    {
        var client = new TestClient(new ChatClient(server.Address, WithMirror));
        await client.Client.ResumeAsync(ModelServer.Session, Cancel);
        return client;
    }

    private bool IsOnDisk(string words) => Directory.GetFiles(_folder.Path).Any(file => ReadShared(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
