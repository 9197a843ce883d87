using Parley.Client.Connection;

namespace Parley.WebHost;

/// <summary>A wire on which nobody answers.</summary>
internal sealed class NoWire : IWire
{
    public Task<WireResult> ConnectAsync(ServerAddress server, Fingerprint? pin, CancellationToken cancellationToken) =>
        Task.FromResult<WireResult>(new WireResult.Failed(UnreachableResults.NoAnswer(server)));
}
