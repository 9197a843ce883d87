using System.Globalization;
using Parley.Protocol.Features;

namespace Parley.Server.Commands;

/// <summary>What all requests for a page of a list have in common.</summary>
internal static class Paging
{
    public static Refusal BadCursor { get; } = Refusal.Invalid(RefusalKey.CursorUnknown);

    /// <summary>Refuses a limit that no page has.</summary>
    public static Refusal? Refuse(int? limit) =>
        limit is < 1 or > ListPage.MaxLimit ? Refusal.Invalid(RefusalKey.PageTooLong, ListPage.MaxLimit.ToString(CultureInfo.InvariantCulture)) : null;
}
