using Parley.Protocol.Features;
using Parley.UI.Resources;

namespace Parley.UI.Features.Members;

/// <summary>The words for what people are shown as.</summary>
internal static class StatusWords
{
    /// <summary>The word for a status.</summary>
    internal static string Of(string status) => status switch
    {
        MemberStatus.Idle => Strings.Idle,
        MemberStatus.DoNotDisturb => Strings.DoNotDisturb,
        MemberStatus.Offline => Strings.OfflineStatus,
        _ => Strings.Online,
    };

    /// <summary>The status and, behind it, the person's own line.</summary>
    internal static string Of(string status, string? text) => text is null ? Of(status) : $"{Of(status)}, {text}";

    /// <summary>A name and a line of its own, whole, for where both may be cut.</summary>
    internal static string Tip(string name, string? text) => text is null ? name : $"{name}\n{text}";
}
