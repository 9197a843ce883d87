using System.Globalization;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Native;
using Parley.Protocol.Wire;

// A client in a process of its own, for the tests that kill it: it says one line after another, tells of each that it is kept, and goes on until it dies.
// Arguments: port, mirror folder, token, user name, channel id.
var server = new ServerAddress("127.0.0.1", int.Parse(args[0], CultureInfo.InvariantCulture), UseTls: false);
var channel = new ChannelId(long.Parse(args[4], CultureInfo.InvariantCulture));
await using var client = new ChatClient(server, NativeClientOptions.Create(args[1]));
await client.ResumeAsync(new Session(args[2], args[3]), CancellationToken.None);
for (var line = 1; ; line++)
{
    await client.SayAsync(channel, MessageKind.Message, string.Create(CultureInfo.InvariantCulture, $"line {line}"), CancellationToken.None);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kept {line}"));
}
