using System.Text;

namespace Parley.Protocol.Rules;

/// <summary>New passwords: 6 or more characters, at most 72 bytes of UTF-8. A login never checks this, so that an old, longer one still opens.</summary>
public static class PasswordRule
{
    /// <summary>The fewest characters (code points).</summary>
    public const int MinLength = 6;

    /// <summary>The most bytes of UTF-8: bcrypt reads no further, and to cut in silence would make two passwords one.</summary>
    public const int MaxBytes = 72;

    /// <summary>What is wrong with a new password, in words for the person; null where nothing is.</summary>
    public static string? Check(string? password)
    {
        if (string.IsNullOrEmpty(password))
            return "Password cannot be empty.";
        if (TextLength.CodePoints(password) < MinLength)
            return "Password must be at least 6 characters.";
        return Encoding.UTF8.GetByteCount(password) > MaxBytes ? "Password must be at most 72 bytes." : null;
    }
}
