namespace Parley.Server.Events.People;

/// <summary>Where a list of members goes on. Clients treat it as opaque.</summary>
/// <param name="IsAway">Whether among those who are away, who come after those who are here.</param>
/// <param name="After">Behind this name; empty for the first.</param>
internal sealed record MemberCursor(bool IsAway, string After)
{
    private const char Here = 'h';
    private const char Away = 'a';

    /// <summary>Null where the server gave no such cursor.</summary>
    public static MemberCursor? Parse(string text) => text switch
    {
        [Here, .. var after] => new MemberCursor(false, after),
        [Away, .. var after] => new MemberCursor(true, after),
        _ => null,
    };

    public override string ToString() => (IsAway ? Away : Here) + After;
}
