using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Server.Measuring;

namespace Parley.Server.Admin;

/// <summary>The JSON contracts of the operator's commands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AdminRequest))]
[JsonSerializable(typeof(AdminAnswer))]
[JsonSerializable(typeof(AdminUser))]
[JsonSerializable(typeof(AdminChannel))]
[JsonSerializable(typeof(AdminCode))]
[JsonSerializable(typeof(ServerStatus))]
internal sealed partial class AdminJson : JsonSerializerContext
{
    /// <summary>With every character that JSON allows as it is: names are for people to read.</summary>
    public static AdminJson Plain =>
        field ??= new AdminJson(new JsonSerializerOptions(Default.Options) { Encoder = Protocol.Wire.ProtocolJson.WriterOptions.Encoder });
}
