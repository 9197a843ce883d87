namespace Parley.Server.Storage;

/// <summary>When accounts and channels were made: microseconds after the Unix epoch, shown to the second, which is all that older ones know.</summary>
internal static class StoredTime
{
    /// <summary>The time; null for 0, which stands where an older program had written something else than a time.</summary>
    public static DateTimeOffset? Read(long microseconds) => microseconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(microseconds / 1_000_000);
}
