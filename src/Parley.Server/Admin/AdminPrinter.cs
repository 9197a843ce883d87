using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Measuring;

namespace Parley.Server.Admin;

/// <summary>Answers as the operator reads them: a sentence or a table, or JSON for a program.</summary>
internal static class AdminPrinter
{
    public static void Print(AdminAnswer answer, bool asJson)
    {
        if (!answer.Ok)
            Console.Error.WriteLine(answer.Text);
        else if (answer.Status is { } status)
            Console.Out.WriteLine(asJson ? JsonSerializer.Serialize(status, AdminJson.Plain.ServerStatus) : StatusText.Of(status));
        else if (answer.Users is { } users)
            Rows(users, AdminJson.Plain.AdminUser, asJson, u => $"{u.Username,-20}  {Day(u.CreatedAt),-10}  {Note(u)}");
        else if (answer.Channels is { } channels)
            Rows(channels, AdminJson.Plain.AdminChannel, asJson, c => $"{c.Name,-30}  {c.LastNumber,8}  {Note(c)}{c.Description}");
        else if (answer.Codes is { } codes)
            Rows(codes, AdminJson.Plain.AdminCode, asJson, c => $"{c.Code}  {Left(c)}");
        else if (asJson)
            Console.Out.WriteLine(JsonSerializer.Serialize(answer, AdminJson.Plain.AdminAnswer));
        else
            Sentence(answer);
    }

    private static void Sentence(AdminAnswer answer)
    {
        Console.Out.WriteLine(answer.Text);
        if (answer.Password is { } password)
            Console.Out.WriteLine(password);
    }

    private static void Rows<T>(IReadOnlyList<T> rows, JsonTypeInfo<T> typeInfo, bool asJson, Func<T, string> line)
    {
        foreach (var row in rows)
            Console.Out.WriteLine(asJson ? JsonSerializer.Serialize(row, typeInfo) : line(row).TrimEnd());
    }

    private static string Note(AdminUser user)
    {
        if (user.Owner)
            return "owner";
        return user.BannedAt is { } at ? $"banned on {Day(at)}{(user.BanReason is null ? "" : $": {user.BanReason}")}" : "";
    }

    private static string Note(AdminChannel channel) =>
        $"{(channel.HiddenAt is null ? "" : "hidden ")}{(channel.CreatedBy is null ? "" : $"by {channel.CreatedBy} ")}";

    private static string Left(AdminCode code)
    {
        var until = code.ExpiresAt is { } at ? string.Create(CultureInfo.InvariantCulture, $", until {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
        return $"{code.Uses - code.Used} of {code.Uses} uses left{until}";
    }

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
