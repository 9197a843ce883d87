using System.Globalization;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Mirror;

/// <summary>What a person has sent is on disk before it is on the screen: no end of the program loses a word, and none is said twice.</summary>
public sealed class DurableOutboxTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>, IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ChatClientOptions WithMirror => NativeClientOptions.Create(_folder.Path);

    [Fact]
    public async Task What_was_written_without_a_connection_goes_out_after_the_next_start()
    {
        await using var wire = new CuttingProxy(server.Address);
        var alice = await server.RegisterAsync(through: wire.Address, options: WithMirror);
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        var session = alice.Session;
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");
        await alice.SayAsync(room, "one");
        await alice.SayAsync(room, "two", MessageKind.Action);
        await alice.SayAsync(room, "three");
        await alice.DisposeAsync();

        await using var again = new TestClient(new ChatClient(wire.Address, WithMirror));
        await again.Client.ResumeAsync(session, Cancel);
        Assert.Equal(["one", "two", "three"], again.State.PendingOf(room).Select(m => m.Content));
        wire.Restore();

        await again.SeesImpatientlyAsync(s => s.Outbox.IsEmpty, "nothing waiting");
        await again.SaidIsAsync(room, "one", "two", "three");
    }

    [Fact]
    public async Task What_was_said_does_not_go_out_again_after_the_next_start()
    {
        var alice = await server.RegisterAsync(options: WithMirror);
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await alice.SayAndSeeAsync(room, "once");
        var session = alice.Session;
        await alice.DisposeAsync();

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        await again.Client.ResumeAsync(session, Cancel);

        Assert.Empty(again.State.Outbox);
        Assert.Equal(1, again.State.LogOf(room).LastNumber);
    }

    [Fact]
    public async Task A_failure_is_still_one_after_the_next_start()
    {
        var nowhere = new ChannelId(4711);
        var alice = await server.RegisterAsync(options: WithMirror);
        var nonce = await alice.SayAsync(nowhere, "hello?");
        await alice.SeesAsync(s => s.PendingOf(nowhere) is [{ State: PendingState.Failed }], "the failure");
        var session = alice.Session;
        await alice.DisposeAsync();

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        await again.Client.ResumeAsync(session, Cancel);

        Assert.Equal(PendingState.Failed, Assert.Single(again.State.PendingOf(nowhere)).State);
        again.Client.Discard(nonce);
        Assert.Empty(again.State.Outbox);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    public async Task Kill_9_in_the_middle_of_speaking_loses_no_word_that_was_kept_and_says_none_twice(int killAfter)
    {
        var alice = await server.RegisterAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        var session = alice.Session;
        await alice.DisposeAsync();
        await using var speaker = ChildProcess.Start(SpeakerProgram, [Text(server.Process.Port), _folder.Path, session.Token, session.Username, room.ToString()], _folder.Path);
        await speaker.WaitForLineAsync(line => line == $"kept {killAfter}", "so many kept lines");
        speaker.Signal(PosixSignalNumber.Kill);
        await speaker.WaitForExitAsync();
        var kept = speaker.OutputLines.Count(line => line.StartsWith("kept ", StringComparison.Ordinal));

        await using var again = new TestClient(new ChatClient(server.Address, WithMirror));
        await again.Client.ResumeAsync(session, Cancel);
        await again.SeesAsync(s => s.Connection is ConnectionStatus.Connected && s.Outbox.IsEmpty, "nothing waiting");
        await again.LoadAllAsync(room);

        // The last line may be on disk, and its word that it is be lost.
        var said = again.Said(room);
        Assert.InRange(said.Length, kept, kept + 1);
        Assert.Equal(Enumerable.Range(1, said.Length).Select(i => $"line {i}"), said);
    }

    public void Dispose() => _folder.Dispose();

    private static string SpeakerProgram => Path.Combine(AppContext.BaseDirectory, "Parley.Client.Speaker.dll");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
