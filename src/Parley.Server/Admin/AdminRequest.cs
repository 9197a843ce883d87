using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Server.Measuring;

namespace Parley.Server.Admin;

/// <summary>What the operator asks: one line of JSON. A command looks at the fields that it has a word for.</summary>
/// <param name="Command">Which command, as <c>users.ban</c>.</param>
/// <param name="Name">Whom or which channel it is about.</param>
/// <param name="To">What it is to be called.</param>
/// <param name="Reason">What the person is told.</param>
/// <param name="Code">Which code.</param>
/// <param name="Uses">How often a code may be used.</param>
/// <param name="Seconds">How long something is good.</param>
/// <param name="IfNone">Only where there is none yet.</param>
/// <param name="After">Where a page of a list goes on: what the page before said in <see cref="AdminAnswer.More"/>.</param>
internal sealed record AdminRequest(
    string? Command,
    string? Name = null,
    string? To = null,
    string? Reason = null,
    string? Code = null,
    int? Uses = null,
    long? Seconds = null,
    bool? IfNone = null,
    long? After = null)
{
    /// <summary>The longest line that is read.</summary>
    public const int MostBytes = 4 * 1024;
}

/// <summary>The answer: one line of JSON.</summary>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Text">In a sentence, what was done, or why not.</param>
internal sealed record AdminAnswer(bool Ok, string Text)
{
    /// <summary>The most rows of one page of a list.</summary>
    public const int MostRows = 500;

    public IReadOnlyList<AdminUser>? Users { get; init; }

    public IReadOnlyList<AdminChannel>? Channels { get; init; }

    public IReadOnlyList<AdminCode>? Codes { get; init; }

    /// <summary>How the server is.</summary>
    public ServerStatus? Status { get; init; }

    /// <summary>A one-time password that was made.</summary>
    public string? Password { get; init; }

    /// <summary>The list goes on behind this row.</summary>
    public long? More { get; init; }

    public static AdminAnswer Done(string text) => new(true, text);

    public static AdminAnswer Refuse(string text) => new(false, text);
}

/// <summary>An account in <c>users.list</c>.</summary>
internal sealed record AdminUser(long Id, string Username, DateTimeOffset? CreatedAt, bool Owner, DateTimeOffset? BannedAt, string? BanReason);

/// <summary>A channel in <c>channels.list</c>.</summary>
internal sealed record AdminChannel(long Id, string Name, string Description, long LastNumber, string? CreatedBy, DateTimeOffset? HiddenAt);

/// <summary>A code to register with.</summary>
internal sealed record AdminCode(string Code, int Uses, int Used, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

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
