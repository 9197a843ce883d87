using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Client;
using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.Desktop.OwnServer;

/// <summary>
/// Names the person of this computer as the owner of a server whose data lie here, once they are logged in, unless somebody owns it: so nobody does by finding
/// its port first. The server is told by its operator's socket, which opens to the owner of its file alone (docs/self-hosting.md).
/// </summary>
/// <param name="accounts">The person's accounts.</param>
/// <param name="owned">The servers whose data lie here, and where their databases are.</param>
internal sealed class OwnerClaim(AccountList accounts, Func<IEnumerable<(ServerAddress Server, string Database)>> owned) : IDisposable
{
    private const int MostAnswerBytes = 4 * 1024;

    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(10);

    private readonly Dictionary<ChatClient, IDisposable> _watched = [];
    private bool _isOver;

    public void Start()
    {
        accounts.Changed += Look;
        Look();
    }

    public void Dispose()
    {
        accounts.Changed -= Look;
        lock (_watched)
        {
            _isOver = true;
            foreach (var subscription in _watched.Values)
                subscription.Dispose();
        }
    }

    // Called on any thread. A client is there before it is connected.
    private void Look()
    {
        foreach (var (server, database) in owned())
        {
            if (accounts.Find(server)?.Client is not { } client)
                continue;
            var isClaimed = 0;
            lock (_watched)
            {
                if (_isOver || _watched.ContainsKey(client))
                    continue;
                _watched.Add(client, client.Store.Subscribe(Claim));
            }

            Claim();

            void Claim()
            {
                if (client is { Session: { } session } && client.Store.State.Connection is ConnectionStatus.Connected
                    && Interlocked.Exchange(ref isClaimed, 1) == 0)
                    Task.Run(() => ClaimAsync(database, session.Username)).ReportFault();
            }
        }
    }

    private static async Task ClaimAsync(string database, string username)
    {
        try
        {
            using var deadline = new CancellationTokenSource(TimeToAnswer);
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint($"{database}.sock"), deadline.Token);
            byte[] line =
            [
                .. JsonSerializer.SerializeToUtf8Bytes(new OwnerRequest("owner", username, IfNone: true), OwnerJson.Default.OwnerRequest), (byte)'\n',
            ];
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
