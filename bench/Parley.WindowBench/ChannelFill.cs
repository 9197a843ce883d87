using Parley.Load.Replay;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>
/// Writes a conversation into the file of a server, which rests meanwhile: over the wire all of it would have been said this minute, and there would be no day
/// to jump to. Its messages stand some seconds apart, the last of them now.
/// </summary>
internal static class ChannelFill
{
    private const int NamedCount = 200;
    private const int BridgeCount = 4;

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(20);

    internal static async Task<Filled> WriteAsync(ServerProcess server, IReadOnlyList<TranscriptLine> lines)
    {
        var cast = Cast.For(lines, NamedCount, BridgeCount);
        var last = TimeProvider.System.GetUtcNow();
        var filled = new Filled(lines.Count, last - ((lines.Count - 1) * Apart));
        await ServerStore.ChangeAsync(server, store =>
        {
            var speakers = cast.Names.Select(name => store.AddUser(name)).ToList();
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                store.Say(ServerStore.General, speakers[cast.SpeakerOf(line)], cast.TextOf(line), filled.TimeOf(i + 1), line.IsAction ? "action" : "message");
            }
        });
        return filled;
    }

    /// <summary>What was written.</summary>
    internal sealed record Filled(int Count, DateTimeOffset First)
    {
        /// <summary>When a message was said.</summary>
        internal DateTimeOffset TimeOf(long number) => First + ((number - 1) * Apart);

        /// <summary>The first message of a day (UTC) or later.</summary>
        internal long FirstOf(DateOnly day)
        {
            var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            return midnight <= First ? 1 : (long)Math.Ceiling((midnight - First) / Apart) + 1;
        }
    }
}
