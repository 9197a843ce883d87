using System.Globalization;

namespace Parley.Server.Storage;

/// <summary>The predecessor's text form of times, which the tables users and channels keep: <c>YYYY-MM-DD HH:MM:SS</c> in UTC.</summary>
internal static class StoredTime
{
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
