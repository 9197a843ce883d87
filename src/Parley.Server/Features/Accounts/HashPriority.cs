using System.Net;

namespace Parley.Server.Features.Accounts;

/// <summary>Who has a password looked at.</summary>
internal readonly record struct HashPriority(HashPrecedence Precedence, IPAddress Address, string Name);
