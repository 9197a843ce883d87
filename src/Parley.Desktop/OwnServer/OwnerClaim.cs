using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.Desktop.OwnServer;

/// <summary>
/// Names the person of this computer as the owner of a server whose data lie here, once they are logged in, unless somebody owns it: so nobody does by finding its
/// port first. The server is told by its operator's socket, which opens to the owner of its file alone (docs/self-hosting.md).
/// </summary>
/// <param name="accounts">The person's accounts.</param>
/// <param name="owned">The servers whose data lie here, and where their databases are.</param>
internal sealed class OwnerClaim(AccountList accounts, Func<IEnumerable<(ServerAddress Server, string Database)>> owned) : IDisposable
{
    private const int MostAnswerBytes = 4 * 1024;

    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _done = [];

    public void Start()
    {
        accounts.Changed += Look;
        Look();
    }

    public void Dispose() => accounts.Changed -= Look;

    // Called on any thread.
    private void Look()
    {
        foreach (var (server, database) in owned())
        {
            if (accounts.Find(server)?.Client is not { Session: { } session } client || client.Store.State.Connection is not ConnectionStatus.Connected)
                continue;
            lock (_done)
            {
                if (!_done.Add($"{database}\n{session.Username}"))
                    continue;
            }

            _ = Task.Run(() => ClaimAsync(database, session.Username));
        }
    }

    private static async Task ClaimAsync(string database, string username)
    {
        try
        {
            using var deadline = new CancellationTokenSource(TimeToAnswer);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint($"{database}.sock"), deadline.Token);
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(new OwnerRequest("owner", username, IfNone: true), OwnerJson.Default.OwnerRequest), (byte)'\n'];
            await socket.SendAsync(line, deadline.Token);
            await socket.ReceiveAsync(new byte[MostAnswerBytes], deadline.Token); // Whatever it says: it was heard.
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException or PlatformNotSupportedException)
        {
            // An older server, or one that is not this user's: it has an owner when its operator names one.
        }
    }
}

/// <summary>What the server is asked.</summary>
internal sealed record OwnerRequest(string Command, string Name, bool IfNone);

[JsonSerializable(typeof(OwnerRequest))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class OwnerJson : JsonSerializerContext;
