using System.Runtime.InteropServices;

namespace Parley.Server.Hosting;

/// <summary>The server as a process: its one line, its signals, its log on standard error.</summary>
internal static class ServerProgram
{
    public static async Task<int> RunAsync(ServerOptions options, TimeProvider time)
    {
        using var loggers = ServerLog.Create();
        ChatServer? running = null;
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        await using var server = await ChatServer.StartAsync(options, time, loggers.CreateLogger("Parley.Server"));
        running = server;
        if (options.NoLimits)
            await Console.Error.WriteLineAsync("All limits are lifted (--no-limits): for trusted load only.");
        await Console.Out.WriteLineAsync(
            $"Listening on {Name(options.Host)}:{server.Port} {(server.Fingerprint is null ? "(no TLS)" : $"(TLS, SHA-256 {server.Fingerprint})")}");
        if (options.EndWithInput)
            new Thread(AwaitEndOfInput) { IsBackground = true, Name = "end of input" }.Start();
        await stop.Task;
        return 0;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true; // We end by ourselves, after what is queued.
            stop.TrySetResult();
        }

        void Reload(PosixSignalContext context)
        {
            context.Cancel = true;
            running?.ReloadCertificate();
        }

        // The system closes the other end however its process dies, so no server is left behind by a starter that was killed.
        void AwaitEndOfInput()
        {
            using var input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
            }

            stop.TrySetResult();
        }
    }

    private static string Name(string host) => host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
}
