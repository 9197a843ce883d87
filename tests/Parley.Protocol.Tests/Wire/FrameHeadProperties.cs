using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Tests.Wire;

/// <summary>Holds the head, which is read by hand, to the framework's own parser.</summary>
public sealed class FrameHeadProperties
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Fact]
    public void Any_bytes_are_read_without_an_exception() =>
        Prop.ForAll<byte[]>(bytes => FrameHead.Read(bytes).Kind == Expected(bytes).Kind).QuickCheckThrowOnFailure();

    [Fact]
    public void An_example_with_a_few_bytes_changed_is_what_the_parser_says_that_it_is()
    {
        var changed =
            from json in Gen.Elements<string>([.. Examples.All])
            from changes in Gen.NonEmptyListOf(
                from at in Gen.Choose(0, Encoding.UTF8.GetByteCount(json) - 1)
                from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("{}[]\":,\\u019 \ttfn".Select(c => (int)c)))
                select (at, value))
            select Change(Encoding.UTF8.GetBytes(json), changes.Take(3));

        Prop.ForAll(Arb.From(changed), bytes => Same(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void A_type_among_any_other_fields_is_found()
    {
        var messages =
            from type in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from before in ArbMap.Default.GeneratorFor<Dictionary<NonNull<string>, int>>()
            from after in ArbMap.Default.GeneratorFor<Dictionary<NonNull<string>, string>>()
            select Encoding.UTF8.GetBytes("{"
                + string.Concat(before.Select(p => $"{Quoted(p.Key.Get)}:{p.Value},"))
                + $"\"type\":{Quoted(type.Get)}"
                + string.Concat(after.Select(p => $",{Quoted(p.Key.Get)}:{Quoted(p.Value)}")) + "}");

        Prop.ForAll(Arb.From(messages), bytes => Same(bytes)).QuickCheckThrowOnFailure();
    }

    private static bool Same(byte[] bytes)
    {
        var head = FrameHead.Read(bytes);
        var (kind, type) = Expected(bytes);
        return head.Kind == kind && head.Type == type;
    }

    // What the head should be, by a parser that builds the whole document.
    private static (PayloadKind Kind, string? Type) Expected(byte[] bytes)
    {
        try
        {
            StrictUtf8.GetString(bytes);
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 1_000 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("type", out var type)
                && TextOf(type) is { } text
                    ? (PayloadKind.Message, text)
                    : (PayloadKind.Malformed, null);
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return (PayloadKind.NotJson, null);
        }
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // Half of a surrogate pair.
        }
    }

    private static string Quoted(string? text) => JsonSerializer.Serialize(text);

    private static byte[] Change(byte[] bytes, IEnumerable<(int At, int Value)> changes)
    {
        foreach (var (at, value) in changes)
            bytes[at] = (byte)value;
        return bytes;
    }
}
