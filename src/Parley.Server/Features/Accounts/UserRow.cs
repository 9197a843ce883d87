using Parley.Protocol.Wire;

namespace Parley.Server.Features.Accounts;

/// <summary>An account as it is stored.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="PasswordHash">bcrypt's.</param>
/// <param name="IsBanned">Whether it may not log in.</param>
/// <param name="BanReason">What its person is told besides.</param>
/// <param name="OneTimeUntil">
/// The password is a one-time one: when it stops opening, in microseconds after the Unix epoch, and 0 where it has opened; null for a person's own.
/// </param>
internal sealed record UserRow(UserId Id, string Username, string PasswordHash, bool IsBanned, string? BanReason, long? OneTimeUntil);
