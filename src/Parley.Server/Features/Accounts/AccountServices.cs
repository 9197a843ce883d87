using Parley.Server.Connections;

namespace Parley.Server.Features.Accounts;

/// <summary>What the server has of accounts beyond their tables.</summary>
/// <param name="Hasher">Where passwords are looked at.</param>
/// <param name="Sessions">Which connections a session has.</param>
/// <param name="Admission">Who may make an account.</param>
internal sealed record AccountServices(PasswordHasher Hasher, SessionConnections Sessions, AdmissionRules Admission);
