using Parley.Server.Admin;

namespace Parley.Server.Measuring;

/// <summary>Tells how the server is.</summary>
/// <param name="status">Null where it does not run.</param>
internal sealed class StatusCommand(Func<ServerStatus>? status) : IAdminCommand
{
    public string Name => "status";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) =>
        Task.FromResult(status is null ? AdminAnswer.Refuse("The server is not running.") : AdminAnswer.Done("") with { Status = status() });
}
