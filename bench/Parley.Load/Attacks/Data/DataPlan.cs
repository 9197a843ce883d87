using System.Globalization;

namespace Parley.Load.Attacks.Data;

/// <summary>What a server's file holds when an attack begins, besides the accounts of those who take part.</summary>
internal sealed record DataPlan
{
    /// <summary>Accounts beyond those.</summary>
    public int Crowd { get; init; }

    /// <summary>Messages that the first attacker wrote in the conversation with itself.</summary>
    public int OwnMessages { get; init; }

    /// <summary>Conversations of <see cref="Account.Popular"/>, each with another one of the crowd.</summary>
    public int Conversations { get; init; }

    /// <summary>Channels beside those that are always there.</summary>
    public int Channels { get; init; }

    /// <summary>Messages of the greatest length in <see cref="StoredData.LongChannel"/>.</summary>
    public int LongMessages { get; init; }

    /// <summary>Whether a login costs the server little: where it is not measured.</summary>
    public bool HasCheapPasswords { get; init; }

    /// <summary>What holds what either of them holds.</summary>
    public DataPlan With(DataPlan other) => new()
    {
        Crowd = Math.Max(Crowd, other.Crowd),
        OwnMessages = Math.Max(OwnMessages, other.OwnMessages),
        Conversations = Math.Max(Conversations, other.Conversations),
        Channels = Math.Max(Channels, other.Channels),
        LongMessages = Math.Max(LongMessages, other.LongMessages),
    };

    /// <summary>The name of its file among others.</summary>
    public string FileName => string.Create(
        CultureInfo.InvariantCulture,
        $"v{StoredData.Version}-{Crowd}-{OwnMessages}-{Conversations}-{Channels}-{LongMessages}{(HasCheapPasswords ? "-cheap" : "")}.db");
}
