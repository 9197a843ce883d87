using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Features.Accounts;

/// <summary>Who may come in.</summary>
internal static class Admission
{
    /// <summary>What is told to somebody who was banned.</summary>
    public static Closing Banned(string? reason) => new(CloseReason.Banned, BannedWords(reason), ReconnectAdvice.Never);

    /// <summary>Of somebody whose password fitted; null where they may.</summary>
    public static AdmissionRefusal? Refuse(UserRow user, long now)
    {
        if (user.IsBanned)
            return new AdmissionRefusal(AuthRefusal.Banned, BannedWords(user.BanReason));
        return user.OneTimeUntil <= now ? new AdmissionRefusal(null, "This one-time password has been used or is too old. Ask for another one.") : null;
    }

    private static string BannedWords(string? reason) => string.IsNullOrEmpty(reason) ? "You are banned from this server." : $"You are banned from this server: {reason}";
}
