namespace Parley.Server.Admin;

/// <summary>
/// A command of the operator's, by the socket of a running server or on the file of a stopped one. It is a line of the table in Features/FeatureList.cs. What
/// can be expected to fail is an answer; an exception is a bug or an outage.
/// </summary>
internal interface IAdminCommand
{
    /// <summary>As <see cref="AdminRequest.Command"/> says it.</summary>
    string Name { get; }

    Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken);
}
