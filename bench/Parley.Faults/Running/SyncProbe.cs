using Parley.Faults.Chaos;
using Parley.Faults.Checking;
using Parley.Faults.Witnesses;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Faults.Running;

/// <summary>Says messages one at a time to a server under strace, and looks whether each was synced before it was acknowledged.</summary>
internal static class SyncProbe
{
    private const int Messages = 40;
    private static readonly string[] StracePlaces = ["/usr/bin/strace", "/bin/strace"];

    public static async Task<SyncTrace?> RunAsync(string program, string folder, Findings findings, CancellationToken cancel)
    {
        if (StracePlaces.FirstOrDefault(File.Exists) is not { } strace)
            return null;
        await Console.Error.WriteLineAsync("looking at the system calls ...");
        Directory.CreateDirectory(folder);
        var output = Path.Combine(folder, "strace.out");
        await using (var server = new ServerUnderTest(program, folder, new Dictionary<string, string>(), null)
        {
            Wrapper = [strace, "-f", "-y", "-s", "64", "-e", "trace=pwrite64,pwritev,write,fdatasync,fsync,sendto,sendmsg", "-e", "signal=none", "-o", output],
        })
        {
            await server.StartAsync(cancel);
            await SayAsync(server.Port, cancel);
        }

        var trace = new SyncTrace();
        trace.Read(File.ReadLines(output));
        if (trace.Acknowledgements < Messages || trace.Writes < Messages)
            findings.Add(
                "unsynced_acknowledgements",
                $"The trace shows {trace.Acknowledgements} acknowledgements and {trace.Writes} writes of {Messages} messages: it cannot be read.");
        for (var i = 0; i < trace.UnsyncedAcknowledgements; i++)
            findings.Add("unsynced_acknowledgements", "A message was acknowledged with no sync between its write and the answer.");
        return trace;
    }

    private static async Task SayAsync(int port, CancellationToken cancel)
    {
        using var connection = new RawConnection();
        await connection.ConnectAsync(port, cancel);
        await connection.SendAsync(new Hello(null, "sync-probe"), ProtocolJson.Default.Hello, cancel);
        await connection.SendAsync(new Register("probe", "fault-machine"), ProtocolJson.Default.Register, cancel);
        var ready = await connection.ReadUntilAsync("ready", ProtocolJson.Default.Ready, null, cancel);
        for (var i = 0; i < Messages; i++)
        {
            await connection.SendAsync(new SayMessage(null, $"probe {i}", ready.Channels[0].Id, $"probe-{i}"), ProtocolJson.Default.SayMessage, cancel);
            await connection.ReadUntilAsync("ack", ProtocolJson.Default.Ack, null, cancel);
        }
    }
}
