using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Accounts;

/// <summary>What a person does with the account: its password, and where it is logged in.</summary>
internal sealed class AccountsApi(ServerLink link)
{
    internal async Task<Refusal?> ChangePasswordAsync(string oldPassword, string newPassword, CancellationToken cancellationToken)
    {
        var connection = link.RequireConnection();
        var answer =
            await connection.AskAsync<ChangePassword, AuthResult>(new ChangePassword(oldPassword, newPassword), cancellationToken).ConfigureAwait(false);
        if (!answer.TryGet(out var result, out var refusal))
            return refusal;
        if (!result.Success || result.Token is null || result.Username is null)
            return new Refusal(ErrorCode.Invalid, result.Error ?? "The server refused the change.");
        return null;
    }

    internal async Task<Answer<IReadOnlyList<SessionState>>> ListSessionsAsync(CancellationToken cancellationToken)
    {
        var answer = await link.RequireConnection().AskAsync<ListSessions, SessionList>(new ListSessions(), cancellationToken).ConfigureAwait(false);
        return answer.TryGet(out var list, out var refusal) ? new(list.Sessions) : new(refusal);
    }

    internal async Task<Refusal?> EndSessionAsync(SessionId session, CancellationToken cancellationToken)
    {
        var answer = await link.RequireConnection().AskAsync<EndSession, Done>(new EndSession(session), cancellationToken).ConfigureAwait(false);
        return answer.Refusal;
    }

    internal async Task<Refusal?> EndOtherSessionsAsync(CancellationToken cancellationToken)
    {
        var answer = await link.RequireConnection().AskAsync<EndOtherSessions, Done>(new EndOtherSessions(), cancellationToken).ConfigureAwait(false);
        return answer.Refusal;
    }
}
