using System.Text.Json;
using Parley.Server.Hosting;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Doors;

/// <summary>
/// What was handed over is remembered for level 1 alone, which has no other way to know it again: nobody else's private messages are written twice.
/// </summary>
public sealed class PrivateWriteTests
{
    private const int Messages = 20;

    [Theory]
    [InlineData("level 1", 2)]
    [InlineData("level 2", 1)]
    public async Task A_private_message_is_so_many_writes(string door, int each)
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });
        await using var alice = await Talker.ComeAsync(server, "level 2", 1);
        await using var bob = await Talker.ComeAsync(server, door, 2);
        await TellAllAsync(alice, bob, 1); // The conversation is made.
        var before = await WritesAsync(server);

        await TellAllAsync(alice, bob, Messages);

        await alice.SayAsync("general", "behind them");
        await bob.HearTalkAsync();
        Assert.Equal(before + (Messages * each) + 1, await WritesAsync(server));
    }

    private static async Task TellAllAsync(Talker from, Talker to, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await from.TellAsync(to.Name, $"psst {i}");
            Assert.Equal($"psst {i}", (await to.HearTalkAsync()).Text);
        }
    }

    private static async Task<long> WritesAsync(LocalServer server)
    {
        var status = await ServerProcess.RunAsync(Path.GetDirectoryName(server.DatabasePath) ?? "", "status", "--json", "--db", server.DatabasePath);
        return JsonDocument.Parse(Assert.Single(status.OutputLines)).RootElement.Number("writes_done");
    }
}
