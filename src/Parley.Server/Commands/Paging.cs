using Parley.Protocol.Features;

namespace Parley.Server.Commands;

/// <summary>What all requests for a page of a list have in common.</summary>
internal static class Paging
{
    public static Refusal BadCursor { get; } = Refusal.Invalid("This cursor is none that the server gave.");

    /// <summary>Refuses a limit that no page has.</summary>
    public static Refusal? Refuse(int? limit) => limit is < 1 or > ListPage.MaxLimit ? Refusal.Invalid($"A page holds 1 to {ListPage.MaxLimit} entries.") : null;
}
