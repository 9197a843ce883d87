using Parley.Protocol.Wire;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Storage.Postgres;

/// <summary>
/// Appends a run of drafts by one statement, the function <c>append_drafts</c> of <see cref="PostgresSchema"/>: a round trip each takes too long.
/// </summary>
/// <param name="db">The writer's connection.</param>
internal sealed class PostgresDraftLog(PostgresDatabaseConnection db) : IDraftLog
{
    private const string Call = """
        SELECT fresh, channel, number, message, at
        FROM append_drafts(@channels, @authors, @kinds, @contents, @nonces, @times, @replies, @mentioning, @mentioned) ORDER BY place
        """;

    public void Append(IReadOnlyList<Draft> drafts, ICollection<MessagePosition> positions)
    {
        List<long> mentioning = [], mentioned = [];
        for (var i = 0; i < drafts.Count; i++)
        {
            foreach (var user in drafts[i].Mentions?.All ?? [])
            {
                mentioning.Add(i + 1);
                mentioned.Add(user.Value);
            }
        }

        var statement = (PostgresStatement)db.Prepare(Call);
        statement
            .Set("@channels", Column(drafts, d => d.Channel.Value))
            .Set("@authors", Column(drafts, d => d.Author.Value))
            .Set("@kinds", Column(drafts, d => d.Kind))
            .Set("@contents", Column(drafts, d => d.Content))
            .Set("@nonces", Column(drafts, d => d.Nonce))
            .Set("@times", Column(drafts, d => d.At))
            .Set("@replies", Column(drafts, d => d.ReplyTo?.Value))
            .Set("@mentioning", mentioning.ToArray())
            .Set("@mentioned", mentioned.ToArray());
        var found = statement.All(Position);
        db.CountChanges(found.Count);
        foreach (var position in found)
            positions.Add(position);
    }

    private static MessagePosition Position(Row row) => row.IsNull(1)
        ? throw new InvalidOperationException("The channel is gone.")
        : new MessagePosition(new ChannelId(row.Integer(1)), row.Integer(2), new MessageId(row.Integer(3)), row.Integer(4))
        {
            IsRepeated = row.Integer(0) == 0,
        };

    private static T[] Column<T>(IReadOnlyList<Draft> drafts, Func<Draft, T> value)
    {
        var column = new T[drafts.Count];
        for (var i = 0; i < column.Length; i++)
            column[i] = value(drafts[i]);
        return column;
    }
}
