using Parley.Client.Connection;
using Parley.Client.Features.Members;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.UI.Resources;

namespace Parley.UI.Features.Members;

/// <summary>The words for statuses.</summary>
internal static class StatusLabels
{
    /// <summary>Stands for a status while there is no connection.</summary>
    internal const string Unknown = "unknown";

    /// <summary>The status to show for a member now.</summary>
    internal static string Now(ChatState state, Member? member) => Now(IsKnown(state), member);

    /// <summary>The same for who keeps no more of the state than <see cref="IsKnown"/>.</summary>
    internal static string Now(bool isKnown, Member? member) => isKnown ? member?.Status ?? MemberStatus.Offline : Unknown;

    /// <summary>Whether statuses are known, which they are while connected.</summary>
    internal static bool IsKnown(ChatState state) => state.Connection is ConnectionStatus.Connected;

    /// <summary>The word for a status.</summary>
    internal static string Of(string status) => status switch
    {
        MemberStatus.Idle => Strings.Idle,
        MemberStatus.DoNotDisturb => Strings.DoNotDisturb,
        MemberStatus.Offline => Strings.OfflineStatus,
        Unknown => Strings.StatusUnknown,
        _ => Strings.Online,
    };

    /// <summary>The status and, behind it, the person's own line.</summary>
    internal static string Of(string status, string? text) => text is null ? Of(status) : $"{Of(status)}, {text}";

    /// <summary>A name and a line of its own, whole, for where both may be cut.</summary>
    internal static string Tip(string name, string? text) => text is null ? name : $"{name}\n{text}";
}
