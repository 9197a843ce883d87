using System.Globalization;
using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Storage;

namespace Parley.Server.Features.Members;

/// <summary>
/// Pages of members. Accounts are read from the database, who is here is known to the fan-out: there a page is put together from what is written already, and
/// so tells of everybody what they are when it leaves.
/// </summary>
internal sealed class ListMembersHandler(Database database) : IStepsHandler<ListMembers>
{
    private const int AboutBytesOfAMember = 100;

    public Refusal? Check(ref ListMembers command)
    {
        if (Paging.Refuse(command.Limit) is { } refusal)
            return refusal;
        if (command is { Cursor: not null, From: not null } or { Cursor: not null, Query: not null } or { From: not null, Query: not null } or { From: < 0 })
            return Refusal.Invalid(RefusalKey.MemberPositionUnclear);
        return command.Cursor is { } cursor && MemberCursor.Parse(cursor) is null ? Paging.BadCursor : null;
    }

    public async ValueTask HandleAsync(ListMembers command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        await connection.LastPageLeftAsync(cancellationToken);
        var limit = command.Limit ?? ListPage.DefaultLimit;
        if (command.ChannelId is { } id)
        {
            if (database.Read(db => ChannelAccess.Find(db, connection.Identity.Id, id)) is not { } channel)
            {
                connection.Refuse(Refusal.NoSuchChannel(id.ToString()), reference);
                return;
            }

            if (channel is { Low: { } low, High: { } high })
            {
                var two = database.Read(db => new[] { low, high }.Distinct().Select(user => UserStore.FindMember(db, user)).OfType<MemberState>().ToList());
                Send(connection, reference, new Found(two, null), fanOut => new MemberListPage([], null), limit, two.Count);
                return;
            }
        }

        if (command.Query is { } query)
        {
            var prefix = UserNameRule.Normalize(query);
            // As many as a page holds: some of them may be here, and stand first.
            var found = database.Read(db => UserStore.BeginningWith(db, prefix, limit));
            Send(connection, reference, new Found(found, null), fanOut => fanOut.Attendance.Members.HereBeginningWith(prefix, limit), limit);
            return;
        }

        if (command.From is { } from)
        {
            await FromAsync(connection, reference, from, limit, cancellationToken);
            return;
        }

        var cursor = command.Cursor is { } text ? MemberCursor.Parse(text) : new MemberCursor(IsAway: false, "");
        if (cursor is { IsAway: true })
            Send(connection, reference, ReadAway(cursor.After, limit), fanOut => new MemberListPage([], null), limit);
        else
            Send(connection, reference, null, fanOut => fanOut.Attendance.Members.HereAfter(cursor?.After, limit), limit);
    }

    private async ValueTask FromAsync(Connection connection, RequestRef? reference, long from, int limit, CancellationToken cancellationToken)
    {
        long here = 0;
        await connection.ApplyAsync(fanOut => here = fanOut.Attendance.Members.HereCount, cancellationToken);
        if (from < here)
        {
            Send(connection, reference, null, fanOut => fanOut.Attendance.Members.HereFrom((int)from, limit), limit);
            return;
        }

        if (from - here > ListMembers.MaxFromAway)
        {
            connection.Refuse(Refusal.Invalid(RefusalKey.MemberPositionTooFar, ListMembers.MaxFromAway.ToString(CultureInfo.InvariantCulture)), reference);
            return;
        }

        // The position counts only those who are away, but accounts are read whoever is here: in steps, those who are here are skipped.
        var after = "";
        var skip = from - here;
        while (skip > 0)
        {
            var passed = database.Read(db => UserStore.After(db, after, (int)Math.Min(skip, ListPage.MaxLimit)));
            if (passed.Count == 0)
                break;
            await connection.ApplyAsync(fanOut => skip -= passed.Count(member => !fanOut.Attendance.IsOnline(member.Id)), cancellationToken);
            after = passed[^1].Username;
        }

        Send(connection, reference, ReadAway(after, limit), fanOut => new MemberListPage([], null), limit);
    }

    private Found ReadAway(string after, int limit)
    {
        var found = database.Read(db => UserStore.After(db, after, limit + 1));
        return found.Count > limit ? new Found(found[..limit], new MemberCursor(IsAway: true, found[limit - 1].Username)) : new Found(found, null);
    }

    private static void Send(Connection connection, RequestRef? reference, Found? accounts, Func<FanOut, MemberListPage> here, int limit, long? total = null)
    {
        var away = accounts?.Accounts.Select(member => ListedMember.WrittenOf(member)).ToList() ?? [];
        var isOfTwo = total is not null;
        connection.SendPage(new AnswerItem(connection.Session, reference, fanOut =>
        {
            var page = here(fanOut);
            List<ListedMember> members = [.. page.Members];
            foreach (var entry in away)
            {
                if (members.Count >= limit)
                    break;
                var shown = fanOut.Attendance.Shown(entry.Member.Id);
                if (shown is null)
                    members.Add(entry);
                else if (isOfTwo)
                    members.Insert(0, new ListedMember(shown)); // Who is here stands first.
            }

            var next = accounts is null ? page.Next : accounts.Next;
            return Outcome.Answer(new MemberPage(total ?? fanOut.Attendance.Total.Value, next?.ToString(), []), members);
        }), limit * AboutBytesOfAMember);
    }

    private sealed record Found(IReadOnlyList<MemberState> Accounts, MemberCursor? Next);
}
