namespace Parley.Server.Features.Accounts;

/// <summary>How soon a password is looked at.</summary>
internal enum HashPrecedence
{
    /// <summary>Of somebody who logged in well as that name from that address before, or is logged in.</summary>
    Known,

    LogIn,

    Registration,
}
