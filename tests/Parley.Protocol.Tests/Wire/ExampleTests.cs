using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

/// <summary>The examples of docs/protocol.md are the golden JSON: the code reads and writes each of them to the letter.</summary>
public sealed class ExampleTests
{
    private static readonly IReadOnlyList<Type> MessageTypes =
        [.. typeof(WireMessage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(WireMessage)) && !t.IsAbstract)];

    public static TheoryData<string> OfClients => [.. Examples.OfClients];

    public static TheoryData<string> OfServer => [.. Examples.OfServer];

    public static TheoryData<Type> AllTypes => [.. MessageTypes];

    [Theory]
    [MemberData(nameof(OfClients))]
    public void A_client_s_example_is_read_and_written_to_the_letter(string json) => Assert.Equal(json, RoundTrip(json, ContractOf<Command>(json)));

    [Theory]
    [MemberData(nameof(OfServer))]
    public void A_server_s_example_is_read_and_written_to_the_letter(string json) => Assert.Equal(json, RoundTrip(json, ContractOf<ServerMessage>(json)));

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Every_message_has_a_contract_and_an_example(Type message)
    {
        Assert.NotNull(ProtocolJson.Default.GetTypeInfo(message));

        var examples = message.IsSubclassOf(typeof(Command)) ? Examples.OfClients : Examples.OfServer;

        Assert.Contains(examples, e => FrameHead.Read(Encoding.UTF8.GetBytes(e)).Type == WireName(message));
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void Every_message_says_in_the_table_of_its_side_what_it_is_called(Type message) =>
        Assert.Single(MessageTypes, t => WireName(t) == WireName(message) && t.IsSubclassOf(typeof(Command)) == message.IsSubclassOf(typeof(Command)));

    [Theory]
    [MemberData(nameof(OfClients))]
    [MemberData(nameof(OfServer))]
    public void Unknown_fields_are_ignored(string json)
    {
        var contract = Examples.OfClients.Contains(json) ? ContractOf<Command>(json) : ContractOf<ServerMessage>(json);
        var bomb = new string('[', 100_000) + new string(']', 100_000);
        var extended = json.Replace("{", $$"""{"unheard_of":{"type":[{{bomb}}]},""", StringComparison.Ordinal);

        Assert.Equal(json, RoundTrip(extended, contract));
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void A_message_without_its_fields_is_read_and_what_is_missing_is_null(Type message)
    {
        if (!message.IsSubclassOf(typeof(Command)))
            return; // The server leaves out nothing that a client needs.

        var contract = Contract(message);
        var bare = JsonSerializer.Deserialize("{}", contract);
        var named = message.GetProperties().Where(p => p.Name is not ("Type" or "EqualityContract")).ToList();
        var nulls = string.Join(',', named.Select(p => $"\"{JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)}\":null"));

        Assert.All(named, p => Assert.Null(p.GetValue(bare)));
        Assert.Equal(bare, JsonSerializer.Deserialize($"{{{nulls}}}", contract));
    }

    private static string RoundTrip(string json, JsonTypeInfo contract)
    {
        var message = (WireMessage)JsonSerializer.Deserialize(json, contract)!;
        // As FrameWriter writes, which is generic and wants the type at compile time.
        var frame = (byte[])typeof(FrameWriter).GetMethod(nameof(FrameWriter.ToFrame))!.MakeGenericMethod(message.GetType()).Invoke(null, [message, contract])!;
        return Encoding.UTF8.GetString(frame.AsSpan(FrameLimits.HeaderBytes));
    }

    private static JsonTypeInfo ContractOf<TSide>(string json)
    {
        var type = FrameHead.Read(Encoding.UTF8.GetBytes(json)).Type;
        return Contract(Assert.Single(MessageTypes, t => t.IsSubclassOf(typeof(TSide)) && WireName(t) == type));
    }

    private static JsonTypeInfo Contract(Type message) =>
        ProtocolJson.Default.GetTypeInfo(message) ?? throw new InvalidOperationException($"{message} has no contract in ProtocolJson.");

    // The name does not depend on the fields: an instance with none filled in is enough to ask.
    internal static string WireName(Type message)
    {
        var constructor = message.GetConstructors().Single(c => c.IsPublic);
        var nothing = constructor.GetParameters().Select(p => p.ParameterType.IsValueType ? RuntimeHelpers.GetUninitializedObject(p.ParameterType) : null);
        return ((WireMessage)constructor.Invoke([.. nothing])).Type;
    }
}
