using System.Globalization;

namespace Parley.Load.Attacks.Data;

/// <summary>The accounts that the stored data hold, by their ids. All of them have one password and a session whose token follows from the id.</summary>
internal static class Account
{
    public const string Password = "load-test-password";
    public const int Talkers = 100;
    public const int Attackers = 20;
    public const long FirstTalker = 1;
    public const long FirstAttacker = 201;
    public const long FirstOfCrowd = 1_001;

    /// <summary>Logs in by password from an address where it did so before.</summary>
    public const long Known = 101;

    /// <summary>Logs in by password from an address that nobody came from before.</summary>
    public const long Newcomer = 102;

    /// <summary>Comes back by token.</summary>
    public const long Returning = 103;

    /// <summary>Has a conversation with each of the crowd.</summary>
    public const long Popular = 104;

    /// <summary>Changes its password.</summary>
    public const long Owner = 105;

    public static string Token(long id) => id.ToString("x64", CultureInfo.InvariantCulture);

    public static string Name(long id) => id switch
    {
        >= FirstOfCrowd => $"user_{id}",
        >= FirstAttacker => $"attacker_{id}",
        Known => "known",
        Newcomer => "newcomer",
        Returning => "returning",
        Popular => "popular",
        Owner => "owner",
        _ => $"talker_{id}",
    };
}
