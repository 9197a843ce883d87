using Microsoft.Extensions.Time.Testing;
using Parley.Client.Features.Messages;

namespace Parley.Client.Tests.Features;

/// <summary>A deletion is held for a moment, in which it can be undone.</summary>
public sealed class UndoTests
{
    private static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deletion_is_sent_when_it_can_no_longer_be_undone_and_holds_up_nothing()
    {
        await using var server = new ModelServer();
        await using var client = await DeleteAsync(server);
        var general = server.Rooms[0];
        Assert.Equal(PendingState.Held, Assert.Single(client.State.OutboxOf(general.Id)).State);

        await client.SayAsync(general.Id, "next");
        await client.SeesAsync(s => s.LogOf(general.Id).LastNumber == 2, "the message");
        Assert.False(client.State.LogOf(general.Id).At(1)!.IsDeleted);
        _time.Advance(UndoTime);

        await client.SaidIsAsync(general.Id, "", "next");
    }

    [Fact]
    public async Task What_was_undone_stays_as_it_was()
    {
        await using var server = new ModelServer();
        await using var client = await DeleteAsync(server);
        var general = server.Rooms[0];

        client.Client.Undo(client.State.OutboxOf(general.Id)[0].Nonce);
        _time.Advance(UndoTime);

        Assert.Empty(client.State.OutboxOf(general.Id));
        await client.SayAsync(general.Id, "next");
        await client.SaidIsAsync(general.Id, "oops", "next");
    }

    [Fact]
    public async Task Who_leaves_does_not_undo_it_any_more()
    {
        await using var server = new ModelServer();
        await using (await DeleteAsync(server))
        {
        }

        Assert.Equal(2, server.Rooms[0].LastNumber);
    }

    private async Task<TestClient> DeleteAsync(ModelServer server)
    {
        server.Do(room => room.Say(ModelServer.Alice, "oops"));
        var general = server.Rooms[0];
        var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create() with { Time = _time }));
        await client.Client.ResumeAsync(ModelServer.Session, Cancel);
        await client.LoadAllAsync(general.Id);
        await client.Client.ChangeAsync(general.Id, general.Messages[0], ChangeKind.Delete, "", Cancel);
        return client;
    }
}
