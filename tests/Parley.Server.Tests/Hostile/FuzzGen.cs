using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Parley.Server.Tests.Hostile;

/// <summary>What a fuzzer says: requests of every type with fields of every kind, half of them plausible, and frames with broken bytes.</summary>
internal static class FuzzGen
{
    private static readonly string[] Common =

        [
            "message", "action", "private_message", "channel_create", "channel_list", "user_list", "hello", "auth_login", "auth_register", "", "\u0000",
            "Message", "событие",
        ];

    private static readonly string[] Fields =

        [
            "username", "password", "channel", "channel_id", "content", "nonce", "to", "name", "description", "after", "before", "limit", "number", "token",
            "client", "other", "CONTENT", "",
        ];

    /// <summary>But for logout, which ends the connection.</summary>
    public static IReadOnlyList<string> TypesOfMembers { get; } = [.. Common, "conversation_open", "history", "read", "ping", "channel_join", "channel_leave"];

    public static IReadOnlyList<string> TypesOfLevel1 { get; } =
    [
        .. Common.Except(["hello"]), "history", "read", "ping", "channel_join", "channel_leave", "user_list",
    ];

    /// <summary>A login that is carried out costs a slow hash, so names and passwords of strangers are seldom good.</summary>
    public static IReadOnlyList<string> TypesOfStrangers { get; } = [.. Common.Except(["auth_login"]), "hello", "history", "ping"];

    // As JSON text.
    private static Gen<string> Text { get; } = Gen.Frequency(
        (6, Gen.Elements("", " ", "a", "hi", "general", "GENERAL", "User_001", "user_002", "@1:2", "room-1", "n1", "n2", "\0", "\u202E\u0007", "x\ny\tz", "0").Select(Quoted)),
        (3, ArbMap.Default.GeneratorFor<string>().Select(s => Quoted(s ?? ""))),
        (1, Gen.Elements("\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\\u003c\"")),
        (1, from piece in Gen.Elements("x", "🦜", " ", "\\", "\u0085") from count in Gen.Elements(31, 72, 200, 201, 1000, 1999, 2000, 2001, 20_000) select Quoted(string.Concat(Enumerable.Repeat(piece, count)))));

    private static Gen<string> Number { get; } = Gen.Elements(
        "0", "1", "2", "-1", "50", "100", "101", "9007199254740993", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "1.5", "1e2",
        "1e400", "-0", "1E-7");

    private static Gen<string> Odd { get; } = Gen.Elements(
        "null", "true", "false", "[]", "{}", "[1]", "{\"a\":1}", string.Concat(new string('[', 500), new string(']', 500)), "{\"type\":\"message\",\"ref\":1}");

    public static Gen<string[]> Requests(IReadOnlyList<string> types, int count) => Request(types).ArrayOf(count);

    /// <summary>Several frames in a row, with bytes changed, lost, doubled or put between.</summary>
    public static Gen<byte[][]> BrokenFrames(int count) =>
        (from requests in Request(TypesOfMembers).ArrayOf(3)
         let bytes = requests.SelectMany(r => RawPeer.Frame(Encoding.UTF8.GetBytes(r))).ToArray()
         from changes in (from at in Gen.Choose(0, bytes.Length - 1)
                          from how in Gen.Choose(0, 3)
                          from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements("{}[]\":,\\u0 \n".Select(c => (int)c)))
                          select (at, how, (byte)value)).NonEmptyListOf()
         select Broken(bytes, changes.Take(4))).ArrayOf(count);

    private static Gen<string> Request(IReadOnlyList<string> types) =>
        from type in Gen.Elements<string>([.. types])
        from fields in Gen.Frequency((3, Likely(type)), (2, Field.ListOf()))
        select string.Create(CultureInfo.InvariantCulture, $"{{\"type\":{Quoted(type)}{string.Concat(fields.Take(8).Select(f => $",{f}"))}}}");

    private static Gen<string> Field { get; } =
        from name in Gen.Elements(Fields)
        from value in Gen.Frequency((3, Text), (2, Number), (1, Odd))
        select $"{Quoted(name)}:{value}";

    // What the type asks for, with one field more that may say it again.
    private static Gen<List<string>> Likely(string type)
    {
        string[] wanted = type switch
        {
            "message" or "action" => ["channel_id", "content", "nonce"],
            "private_message" => ["to", "content", "nonce"],
            "conversation_open" => ["to"],
            "channel_create" => ["name", "description"],
            "history" => ["channel_id", "after", "limit"],
            "read" => ["channel_id", "number"],
            "hello" => ["token", "client"],
            "auth_login" or "auth_register" => ["username"],
            _ => ["channel"],
        };
        return from values in Gen.CollectToList(wanted, Value)
               from more in Field
               from seldom in Gen.Choose(0, 9)
               select seldom == 0 ? [.. values, more] : values;
    }

    private static Gen<string> Value(string name) =>
        (name is "channel_id" or "after" or "limit" or "number" ? Gen.Frequency((4, Gen.Elements("1", "2", "3", "10")), (1, Number), (1, Odd)) : Gen.Frequency(
            (8, Text), (1, Number), (1, Odd)))
        .Select(value => $"{Quoted(name)}:{value}");

    private static byte[] Broken(byte[] bytes, IEnumerable<(int At, int How, byte Value)> changes)
    {
        var broken = bytes.ToList();
        foreach (var (at, how, value) in changes)
        {
            var place = Math.Min(at, broken.Count - 1);
            if (place < 0)
                break;
            if (how == 0)
                broken.RemoveAt(place);
            else if (how == 1)
                broken.Insert(place, value);
            else if (how == 2)
                broken[place] = value;
            else
                broken.RemoveRange(place, (broken.Count - place) / 2);
        }

        return [.. broken];
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
