using System.Collections.Immutable;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Messages;

/// <summary>How many people reacted with one emoji.</summary>
/// <param name="Emoji">The emoji.</param>
/// <param name="Count">How many; never 0.</param>
/// <param name="IsMine">Whether the user is among them.</param>
public readonly record struct Reaction(string Emoji, int Count, bool IsMine);

/// <summary>The reactions to one message, in the order of their emoji's code points, so that all see the same. Two are equal where they say the same.</summary>
public sealed class Reactions : IEquatable<Reactions>
{
    private Reactions(ImmutableArray<Reaction> all) => All = all;

    /// <summary>Nobody reacted.</summary>
    public static Reactions None { get; } = new([]);

    /// <summary>One for each emoji.</summary>
    public ImmutableArray<Reaction> All { get; }

    /// <summary>Whether the user reacted so.</summary>
    public bool IsMine(string emoji) => All.Any(r => r.Emoji == emoji && r.IsMine);

    /// <inheritdoc/>
    public bool Equals(Reactions? other) => other is not null && All.AsSpan().SequenceEqual(other.All.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Reactions);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', All.Select(r => $"{r.Emoji}{r.Count}{(r.IsMine ? "*" : "")}"));

    /// <summary>As a server tells it.</summary>
    public static Reactions FromWire(IReadOnlyList<ReactionCount>? told) => Of(told?.Select(r => new Reaction(r.Emoji, r.Count, r.Me)) ?? []);

    /// <summary>These reactions, in whatever order they come.</summary>
    public static Reactions Of(IEnumerable<Reaction> reactions)
    {
        ImmutableArray<Reaction> all = [.. reactions.Where(r => r.Count > 0).OrderBy(r => r.Emoji, StringComparer.Ordinal)];
        return all.IsEmpty ? None : new Reactions(all);
    }

    internal Reactions Add(string emoji, bool isMine)
    {
        var known = All.FirstOrDefault(r => r.Emoji == emoji);
        return Of(All.Where(r => r.Emoji != emoji).Append(new Reaction(emoji, known.Count + 1, known.IsMine || isMine)));
    }

    internal Reactions Remove(string emoji, bool isMine)
    {
        var known = All.FirstOrDefault(r => r.Emoji == emoji);
        return Of(All.Where(r => r.Emoji != emoji).Append(new Reaction(emoji, known.Count - 1, known.IsMine && !isMine)));
    }
}
