using System.CommandLine;
using Parley.Load.Floor;

namespace Parley.Load.Commands;

/// <summary><c>floor</c>: serves the bare sender, until it is stopped.</summary>
internal static class FloorCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one." };
        var command = new Command("floor", "A server that only passes bytes on: what the kernel asks of any. Measure it by room and saturate.") { port };
        command.SetAction(async (options, cancel) =>
        {
            using var server = new FloorServer(options.GetValue(port));
            await Console.Out.WriteLineAsync($"Listening on 127.0.0.1:{server.Port} (no TLS)");
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
