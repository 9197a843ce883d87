using System.Reflection;
using System.Text.Json;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

/// <summary>
/// The table of fields in docs/protocol.md ("Fields of level 2") says what the protocol's records say: names, JSON types, and what may be absent.
/// </summary>
public sealed class FieldTableTests
{
    private static readonly HashSet<Type> OfLevel1Alone =
    [
        typeof(MessageSaid), typeof(ActionSaid), typeof(PrivateMessage), typeof(StatusChanged), typeof(ChannelJoined), typeof(UserJoined), typeof(UserLeft),
        typeof(SystemMessage),
    ];

    [Fact]
    public void The_table_of_fields_says_what_the_records_say() => Assert.Equal(Expected(), InDocument());

    private static List<string> InDocument() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "protocol.md"))
            .SkipWhile(line => line != "### Fields of level 2").Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))];

    private static List<string> Expected()
    {
        var messages = typeof(ServerMessage).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(ServerMessage)) && !OfLevel1Alone.Contains(t)).OrderBy(WireName, StringComparer.Ordinal).ToList();
        var parts = new SortedDictionary<string, Type>(StringComparer.Ordinal);
        foreach (var message in messages)
            AddParts(message, parts);
        return [.. messages.Select(m => Row(WireName(m), m)), .. parts.Select(part => Row(part.Key, part.Value))];
    }

    private static string Row(string name, Type record) =>
        $"| `{name}` | {string.Join(", ", FieldsOf(record).Select(Field))} |".Replace("|  |", "| |", StringComparison.Ordinal);

    private static string Field(PropertyInfo field) => $"`{Snake(field.Name)}`{(MayBeAbsent(field) ? "?" : "")} {Json(field.PropertyType)}";

    private static void AddParts(Type record, SortedDictionary<string, Type> parts)
    {
        foreach (var part in FieldsOf(record).Select(f => PartOf(f.PropertyType)).OfType<Type>())
        {
            if (parts.TryAdd(Snake(part.Name), part))
                AddParts(part, parts);
        }
    }

    private static Type? PartOf(Type type)
    {
        var element = ElementOf(type) ?? Nullable.GetUnderlyingType(type) ?? type;
        return element.Namespace == typeof(ServerMessage).Namespace || !element.Assembly.Equals(typeof(ServerMessage).Assembly) ? null : element;
    }

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
            : null;

    private static string Json(Type type)
    {
        if (ElementOf(type) is { } element)
            return $"[{Json(element)}]";
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "string"
            : type == typeof(int) || type == typeof(long) ? "integer"
            : type == typeof(bool) ? "boolean"
            : type == typeof(DateTimeOffset) ? "time"
            : type == typeof(UserIds) ? "[id]"
            : type.Namespace == typeof(ServerMessage).Namespace ? "id"
            : $"`{Snake(type.Name)}`";
    }

    private static IEnumerable<PropertyInfo> FieldsOf(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.Name is not (nameof(WireMessage.Type) or nameof(WireMessage.Ref)) && p.SetMethod is not null)
            .OrderBy(p => p.MetadataToken);

    private static bool MayBeAbsent(PropertyInfo field) =>
        Nullable.GetUnderlyingType(field.PropertyType) is not null || new NullabilityInfoContext().Create(field).ReadState == NullabilityState.Nullable;

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string WireName(Type message) => ExampleTests.WireName(message);
}
