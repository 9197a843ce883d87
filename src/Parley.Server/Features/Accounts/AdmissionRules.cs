namespace Parley.Server.Features.Accounts;

/// <summary>Who may make an account here, and what the server is called.</summary>
internal sealed record AdmissionRules
{
    /// <summary>One of <see cref="Protocol.Features.Joining"/>.</summary>
    public string Joining { get; init; } = Protocol.Features.Joining.Open;

    /// <summary>As <c>welcome</c> tells it: null for open, which nearly every server is.</summary>
    public string? ToldJoining => Joining == Protocol.Features.Joining.Open ? null : Joining;

    /// <summary>Null where it has no name.</summary>
    public string? ServerName { get; init; }
}
