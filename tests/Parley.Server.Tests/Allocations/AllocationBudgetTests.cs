using Parley.Benchmarks;

namespace Parley.Server.Tests.Allocations;

/// <summary>What the hot path's parts may allocate, in bytes a call. A change that needs more says why and raises the number here.</summary>
public sealed class AllocationBudgetTests
{
    private const int Calls = 200;

    [Fact]
    public void Cutting_a_frame_allocates_nothing() => AllocatesAtMost(0, h => h.ReadFrame());

    [Fact]
    public void Reading_a_head_allocates_its_type_and_its_ref() => AllocatesAtMost(112, h => h.ReadHead());

    [Fact]
    public void Reading_a_message_allocates_the_command_and_its_texts() => AllocatesAtMost(472, h => h.ReadCommand());

    [Fact]
    public void Looking_for_mentions_where_there_are_none_allocates_nothing() => AllocatesAtMost(0, h => h.FindMentions());

    [Fact]
    public void Encoding_an_event_allocates_a_little_once_for_all_receivers() => AllocatesAtMost(320, h => h.EncodeEvent());

    [Fact]
    public void A_thousand_receivers_cost_no_allocation() => AllocatesAtMost(0, h => h.Enqueue());

    private static void AllocatesAtMost<T>(long bytes, Func<HotPath, T> call)
    {
        var path = new HotPath();
        path.SetUp();
        path.EncodeEvent();
        for (var i = 0; i < Calls; i++)
            call(path);

        // The least of several rounds: tiered compilation may allocate once beside us, and never takes anything away.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
                call(path);
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Calls);
        }

        Assert.True(least <= bytes, $"A call allocates {least} bytes; {bytes} are budgeted.");
    }
}
