using Microsoft.Extensions.Logging;
using Parley.Client.Connection;
using Parley.Client.Features.Members;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>
/// Loads in the background what the first snapshot had no room for: all channels, all conversations, and as many members as are kept. The pages are folded in
/// as they come, by <see cref="Reducer"/>; a break ends it, and the next connection's <c>ready</c> says anew where to begin.
/// </summary>
internal sealed partial class PageLoader(MemberDirectory members, ChatClientOptions options)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Works on one connection until it ends.</summary>
    internal async Task RunAsync(ChatConnection connection)
    {
        var more = (await connection.Ready.ConfigureAwait(false)).More;
        for (var cursor = more?.Channels; cursor is not null;)
            cursor = (await AskAsync<ListChannels, ChannelList>(connection, new ListChannels(cursor, ListPage.MaxLimit)).ConfigureAwait(false))?.Cursor;
        for (var cursor = more?.Conversations; cursor is not null;)
            cursor = (await AskAsync<ListConversations, ConversationPage>(connection, new ListConversations(cursor, ListPage.MaxLimit)).ConfigureAwait(false))?.Cursor;
        while (members.Now is { More: { } cursor } known && known.Count < options.MembersInMemory)
        {
            if (await LoadMembersAsync(connection, cursor).ConfigureAwait(false) is not null)
                break;
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, connection.Ended).ConfigureAwait(false);
    }

    /// <summary>Loads the next page of members.</summary>
    /// <returns>The server's refusal, or null.</returns>
    internal async Task<Refusal?> LoadMembersAsync(ChatConnection connection, string cursor)
    {
        var answer = await connection.AskAsync<ListMembers, MemberPage>(new ListMembers(Cursor: cursor, Limit: ListPage.MaxLimit), connection.Ended).ConfigureAwait(false);
        if (answer.TryGet(out var page, out var refusal))
            members.Update(known => known.AfterPage(cursor, page.Cursor));
        return refusal;
    }

    private async Task<TAnswer?> AskAsync<TCommand, TAnswer>(ChatConnection connection, TCommand command)
        where TCommand : Command
        where TAnswer : ServerMessage
    {
        while (true)
        {
            var answer = await connection.AskAsync<TCommand, TAnswer>(command, connection.Ended).ConfigureAwait(false);
            if (answer.TryGet(out var page, out var refusal))
                return page;
            Log.PageRefused(options.Logger, command.Type, refusal.Code);
            if (!refusal.IsTemporary)
                return null;
            await Task.Delay(RetryDelay, options.Time, connection.Ended).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1202, LogLevel.Warning, "The server refused {Type}: {Code}.")]
        internal static partial void PageRefused(ILogger logger, string type, string code);
    }
}
