namespace Parley.Server.Tests.Hostile;

/// <summary>Pages asked for in one go come as fast as they are taken: nobody is closed as a slow reader for the answers to their own questions.</summary>
public sealed class PipelinedPagesTests
{
    private const int Messages = 100;
    private const int Pages = 60; // 12 MB: more than the kernel holds, and 1 MiB.

    [Fact]
    public async Task Sixty_long_pages_asked_for_at_once_all_come()
    {
        await using var town = await Town.StartAsync("--no-tls", "--no-limits");
        await using var reader = await town.EnterAsync(1);
        for (var i = 0; i < Messages; i++)
            await reader.SayAsync(1, new string('x', 2_000));

        var asked = Enumerable.Range(0, Pages).SelectMany(i => RawPeer.Frame(new { type = "history", @ref = i, channel_id = 1, limit = 100 })).ToArray();
        await reader.SendBytesAsync(asked);
        await using var other = await town.EnterAsync(2);
        await other.SayAsync(1, "nobody waits for that");

        for (var i = 0; i < Pages; i++)
        {
            var page = await reader.SkipToAsync("history");
            Assert.Equal(i, page.Number("ref"));
            Assert.Equal(Messages, page.Items("events").Count);
        }
    }
}
