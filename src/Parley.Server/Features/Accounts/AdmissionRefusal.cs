using Parley.Protocol.Features;

namespace Parley.Server.Features.Accounts;

/// <summary>Why somebody may not come in.</summary>
/// <param name="Code">One of <see cref="AuthRefusal"/>; null where a client can do no more than to tell it.</param>
/// <param name="Message">What to tell the person.</param>
internal sealed record AdmissionRefusal(string? Code, string Message);
