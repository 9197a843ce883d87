using Parley.Client.Connection;
using Parley.Client.Sync;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Members;

/// <summary>What people are shown as.</summary>
internal sealed class MembersApi(ServerLink link)
{
    private readonly WakeSignal _wake = new();
    private volatile bool _isIdle;

    internal async Task<Refusal?> SetStatusAsync(string status, string text, CancellationToken cancellationToken)
    {
        var answer = await link.RequireConnection()
            .AskAsync<SetStatus, Done>(new SetStatus(status, text.Length == 0 ? null : text), cancellationToken).ConfigureAwait(false);
        return answer.Refusal;
    }

    internal Task<Answer<MemberProfile>> ProfileAsync(string username, CancellationToken cancellationToken) =>
        link.RequireConnection().AskAsync<AskProfile, MemberProfile>(new AskProfile(username), cancellationToken);

    internal void SetIdle(bool isIdle)
    {
        if (_isIdle == isIdle)
            return;
        _isIdle = isIdle;
        _wake.Set();
    }

    /// <summary>Works on one connection until it ends: a new one counts as touched until it is told otherwise.</summary>
    internal async Task RunAsync(ChatConnection connection)
    {
        var told = false;
        while (!connection.Ended.IsCancellationRequested)
        {
            var isIdle = _isIdle;
            if (isIdle == told)
            {
                await _wake.WaitAsync(connection.Ended).ConfigureAwait(false);
                continue;
            }

            // A server that does not know the word refuses it, and nobody is the worse for it.
            await connection.AskAsync<SetIdle, Done>(new SetIdle(isIdle), connection.Ended).ConfigureAwait(false);
            told = isIdle;
        }
    }
}
