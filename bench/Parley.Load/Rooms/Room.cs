using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Wire;

namespace Parley.Load.Rooms;

/// <summary>Fills a room with members. Accounts cost a bcrypt hash each, so the connections of level 2 share a few of them by token.</summary>
internal sealed class Room(Run run, Dialect dialect, string accountPrefix = "load")
{
    private const string ChannelName = "general";
    private readonly int _atOnce = dialect == Dialect.Irc ? 128 : 16; // IRC servers look at new people once a second
    private readonly string _runName = Guid.NewGuid().ToString("N")[..8];
    private readonly List<string> _tokens = [];
    private ChannelId _channel;

    public List<IMember> Members { get; } = [];

    /// <summary>The names of the accounts (level 2).</summary>
    public IEnumerable<string> Accounts => Enumerable.Range(0, _tokens.Count).Select(i => $"{accountPrefix}_{i}");

    /// <summary>The token of one of the accounts (level 2).</summary>
    public string Token => _tokens[0];

    /// <summary>Whether the sender of a message is among those who get it: not so in IRC.</summary>
    public bool EchoesToSender => dialect != Dialect.Irc;

    /// <summary>The members of both.</summary>
    public Room With(Room other)
    {
        var both = new Room(run, dialect);
        both.Members.AddRange([.. Members, .. other.Members]);
        return both;
    }

    /// <summary>From now on its members speak in this channel (level 2).</summary>
    public void SpeakIn(ChannelId channel)
    {
        foreach (var member in Members.OfType<ParleyMember>())
            member.SpeakIn(channel);
    }

    /// <summary>From now on they speak where they came in.</summary>
    public void SpeakInGeneral() => SpeakIn(_channel);

    public async Task FillAsync(int members, int accounts, CancellationToken cancel)
    {
        if (dialect == Dialect.Level2)
            await MakeAccountsAsync(Math.Min(members, accounts), cancel);
        var made = new IMember?[members];
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = _atOnce, CancellationToken = cancel };
        var entering = Parallel.ForAsync(0, members, limits, async (i, stop) =>
        {
            made[i] = await EnterAsync(i, stop);
            Interlocked.Increment(ref done);
        });
        await Progress.WaitAsync(() => entering.IsCompleted, () => $"{done:N0} of {members:N0} are in the room", cancel);
        await entering;
        Members.AddRange(made.OfType<IMember>());
    }

    private async Task MakeAccountsAsync(int accounts, CancellationToken cancel)
    {
        for (var i = _tokens.Count; i < accounts; i++)
        {
            var connection = await run.ConnectAsync(socket => new ParleyMember(socket, _runName), cancel);
            var (token, ready) = await connection.EnterAsync($"{accountPrefix}_{i}", cancel);
            _channel = ready.Channels.First(c => c.Name == ChannelName).Id;
            _tokens.Add(token);
            connection.End();
            if (i % 10 == 9)
                await Console.Error.WriteLineAsync($"{i + 1} of {accounts} accounts");
        }
    }

    private async Task<IMember> EnterAsync(int index, CancellationToken cancel)
    {
        if (dialect == Dialect.Irc)
        {
            var irc = await run.ConnectAsync(socket => new IrcMember(socket, $"load{index}"), cancel);
            await irc.EnterAsync(cancel);
            return irc;
        }

        var member = await run.ConnectAsync(socket => new ParleyMember(socket, _runName), cancel);
        if (dialect == Dialect.Level1)
        {
            await member.EnterLevel1Async($"load_{index}", cancel);
            return member;
        }

        await member.ComeBackAsync(_tokens[index % _tokens.Count], cancel);
        member.SpeakIn(_channel);
        return member;
    }
}
