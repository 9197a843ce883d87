using Parley.Client.Connection;
using Parley.Client.Sync;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Members;

/// <summary>What a user does with members: status, profiles, search.</summary>
internal sealed class MembersApi(MemberDirectory members, ServerLink link, PageLoader pages)
{
    // More than a list of completions shows.
    private const int MostFound = 20;

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

    internal async Task<Refusal?> LoadMoreAsync(CancellationToken cancellationToken) =>
        members.Now.More is { } cursor ? await pages.LoadMembersAsync(link.RequireConnection(), cursor).WaitAsync(cancellationToken).ConfigureAwait(false) : null;

    internal async Task<Refusal?> FindAsync(string beginning, CancellationToken cancellationToken) =>
        (await link.RequireConnection().AskAsync<ListMembers, MemberPage>(new ListMembers(Limit: MostFound, Query: beginning), cancellationToken).ConfigureAwait(false)).Refusal;

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

            // A server that does not know the command refuses it, which does no harm.
            await connection.AskAsync<SetIdle, Done>(new SetIdle(isIdle), connection.Ended).ConfigureAwait(false);
            told = isIdle;
        }
    }
}
