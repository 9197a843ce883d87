using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Floor;

/// <summary>One connection of the floor.</summary>
internal sealed class FloorPeer(Socket socket, FloorServer server) : FrameConnection(socket)
{
    private static readonly string Token = new('0', 64);

    private static readonly Ready Snapshot = new(
        "floor", "floor", new SelfState(new UserId(1), "load_0"), [new ChannelState(FloorServer.Channel, "general", "", 0, 0, 0)], [], []);

    protected override void OnFrame(ReadOnlySpan<byte> payload)
    {
        var head = FrameHead.Read(payload);
        switch (head.Type)
        {
            case "message":
                if (JsonSerializer.Deserialize(payload, ProtocolJson.Default.SayMessage) is { } said)
                    Answer(server.Say(said with { Ref = head.Ref }), ProtocolJson.Default.Ack);
                break;
            case "hello" when Scan.Number(payload, "\"token\":"u8) == -1 && payload.IndexOf("\"token\":\""u8) < 0:
                Answer(new Welcome(2, "floor") { Ref = head.Ref }, ProtocolJson.Default.Welcome);
                break;
            case "hello":
                server.Enter(this);
                Answer(Snapshot with { Ref = head.Ref }, ProtocolJson.Default.Ready);
                break;
            case "auth_register":
                server.Enter(this);
                Answer(new AuthResult(true, Token, "load_0", null) { Ref = head.Ref }, ProtocolJson.Default.AuthResult);
                Answer(Snapshot, ProtocolJson.Default.Ready);
                break;
            default:
                Answer(new ErrorMessage(ErrorCode.Unknown, "The floor does not know that.") { Ref = head.Ref }, ProtocolJson.Default.ErrorMessage);
                break;
        }
    }

    protected override void Ended(string reason) => server.Leave(this);

    private void Answer<T>(T message, JsonTypeInfo<T> contract) => Send(FrameWriter.ToFrame(message, contract));
}
