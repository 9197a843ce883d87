namespace Parley.Server.Events.People;

/// <summary>
/// The order of members: by name, whatever its case. It is that of the database's <c>name_key</c>, so that what is kept here and what is read from there go
/// on from each other.
/// </summary>
internal static class MemberOrder
{
    public static int Compare(string? one, string? other)
    {
        var (a, b) = (one ?? "", other ?? "");
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (Fold(a[i]) - Fold(b[i]) is var difference and not 0)
                return difference;
        }

        return a.Length - b.Length;
    }

    /// <summary>A letter as it is compared.</summary>
    public static char Fold(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
