using Parley.Load.Attacks.Kinds;

namespace Parley.Load.Attacks;

/// <summary>Every step of <c>flood</c>, in the order in which they are run.</summary>
internal static class AttackList
{
    private static readonly Func<Attack>[] Makers =
    [
        () => new Silent(0),
        () => new Slow(0),
        () => new FrameFlood(0),
        () => new HangingHandshakes(0),
        () => new ReadOwnMessages(0),
        () => new UserLists(3, 3_000, 0),
        () => new UserLists(10, 3_000, 0),
        () => new ManyConversations(12_000, 12_000, 0),
        () => new ManyConversations(50_000, 200_000, 0),
        () => new ManyOnline(17_200, 17_500, 0),
        () => new ManyOnline(17_200, 200_000, 50_000),
        () => new Arrivals(17_500),
        () => new Registrations(0),
        () => new WrongPasswords(0),
        () => new WrongNamePasswords(0),
        () => new ChannelFlood(0),
        () => new ChannelLists(0),
        () => HalfFrames.Early(0),
        () => HalfFrames.Late(0),
        () => new UnreadPages(0),
        () => new WaitingWrites(0),
        () => new ManyAccounts(200, 0),
        () => new ManyAccounts(200_000, 0),
        () => new Everything(),
    ];

    public static IEnumerable<string> Names => Makers.Select(m => m().Name);

    /// <summary>A new one of that name: an attack is made once and used once.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Attack Make(string name) =>
        Makers.Select(m => m()).FirstOrDefault(a => a.Name == name) ?? throw new ArgumentException($"There is no attack '{name}': {string.Join(", ", Names)}.");
}
