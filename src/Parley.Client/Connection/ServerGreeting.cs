using Parley.Protocol.Features;

namespace Parley.Client.Connection;

/// <summary>What a server says of itself to whoever comes, before a login.</summary>
/// <param name="Name">What it is called; null where it has no name.</param>
/// <param name="Joining">Who may make an account there: one of <see cref="Protocol.Features.Joining"/>.</param>
public sealed record ServerGreeting(string? Name, string Joining)
{
    // The login form is shown without it.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>Asks a server for it, by a connection of its own that ends with the answer.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">As for a client; nothing is asked of a server whose certificate is not trusted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where there is no answer.</returns>
    public static async Task<ServerGreeting?> AskAsync(ServerAddress server, ChatClientOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var deadline = new CancellationTokenSource(Deadline, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            if (await options.Wire.ConnectAsync(server, options.Pin, either.Token).ConfigureAwait(false) is not WireResult.Connected connected)
                return null;
            var connection = new ChatConnection(connected.Stream, (_, _) => { }, options.Time, options.Logger);
            await using (connection.ConfigureAwait(false))
            {
                var answer = await connection.AskAsync<Hello, Welcome>(new Hello(null, options.Program), either.Token).ConfigureAwait(false);
                return answer.TryGet(out var welcome, out _)
                    ? new ServerGreeting(welcome.Name, welcome.Joining ?? Protocol.Features.Joining.Open)
                    : null;
            }
        }
        catch (Exception e) when (e is IOException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // The login tells the user why.
        }
    }
}
