using System.CommandLine;
using Parley.Load.Floor;

namespace Parley.Load.Commands;

/// <summary><c>floor</c>: serves the bare sender, until it is stopped.</summary>
internal static class FloorCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one." };
        var tls = new Option<bool>("--tls") { Description = "With TLS." };
        var command = new Command("floor", "A server that only passes bytes on: what the kernel asks of any. Measure it by room and saturate.") { port, tls };
        command.SetAction(async (options, cancel) =>
        {
            using var server = new FloorServer(options.GetValue(port), options.GetValue(tls));
            await Console.Out.WriteLineAsync($"Listening on 127.0.0.1:{server.Port} ({(options.GetValue(tls) ? "TLS" : "no TLS")})");
            try
            {
                await server.AcceptAsync(cancel);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how it ends.
            }

            return 0;
        });
        return command;
    }
}
