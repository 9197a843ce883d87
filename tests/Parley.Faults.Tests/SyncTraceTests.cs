using Parley.Faults.Checking;

namespace Parley.Faults.Tests;

public class SyncTraceTests
{
    private const string Write = "71 pwrite64(52</d/faults.db-wal>, \"..\", 4096, 8272) = 4096";
    private const string Sync = "71 fdatasync(52</d/faults.db-wal>) = 0";
    private const string Acknowledge = """80 sendmsg(60<TCP:[1->2]>, {msg_iov=[{iov_base="\0\0\0|{\"type\":\"ack\",\"ref\":3", iov_len=128}]}, 0) = 128""";

    [Fact]
    public void A_write_that_was_synced_before_its_acknowledgement_is_fine()
    {
        var trace = Read(Write, Sync, Acknowledge);

        Assert.Equal((1, 1, 1, 0), (trace.Writes, trace.Syncs, trace.Acknowledgements, trace.UnsyncedAcknowledgements));
    }

    [Fact]
    public void An_acknowledgement_before_the_sync_is_found() => Assert.Equal(1, Read(Write, Acknowledge, Sync).UnsyncedAcknowledgements);

    [Fact]
    public void A_sync_counts_when_it_is_over_and_not_when_it_begins()
    {
        const string Begin = "71 fdatasync(52</d/faults.db-wal> <unfinished ...>";
        const string End = "71 <... fdatasync resumed>) = 0";

        Assert.Equal(0, Read(Write, Begin, End, Acknowledge).UnsyncedAcknowledgements);
        Assert.Equal(1, Read(Write, Begin, Acknowledge, End).UnsyncedAcknowledgements);
    }

    [Fact]
    public void The_sync_of_another_file_does_not_help() =>
        Assert.Equal(1, Read(Write, "71 fdatasync(51</d/faults.db>) = 0", Acknowledge).UnsyncedAcknowledgements);

    private static SyncTrace Read(params string[] lines)
    {
        var trace = new SyncTrace();
        trace.Read(lines);
        return trace;
    }
}
