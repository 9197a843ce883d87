using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Server.Tests.Support;

/// <summary>How tests write JSON: anonymous objects, emoji as they are. A C# keyword as a name is written with "@", as in <c>new { @ref = 1 }</c>.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(object value) => JsonSerializer.Serialize(value, Options);
}
