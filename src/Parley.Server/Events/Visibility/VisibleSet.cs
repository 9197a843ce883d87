using Parley.Protocol.Wire;

namespace Parley.Server.Events.Visibility;

/// <summary>
/// The public and private channels that somebody sees: a value, equal to each that holds the same. Only the differences from what everybody sees are kept, so
/// that a new channel changes no set, and most sets are empty. Conversations are part of none: they go by user.
/// </summary>
internal sealed class VisibleSet : IEquatable<VisibleSet>
{
    private readonly PrivateChannels _privateChannels;
    private readonly long[] _exceptions; // Ascending.
    private readonly int _hash;

    /// <param name="privateChannels">What everybody does not see.</param>
    /// <param name="exceptions">The private channels that are seen all the same, and the public ones that are not.</param>
    public VisibleSet(PrivateChannels privateChannels, IEnumerable<ChannelId> exceptions)
    {
        _privateChannels = privateChannels;
        _exceptions = [.. exceptions.Select(channel => channel.Value).Distinct().Order()];
        var hash = default(HashCode);
        foreach (var channel in _exceptions)
            hash.Add(channel);
        _hash = hash.ToHashCode();
    }

    /// <summary>Whether it is what everybody sees.</summary>
    public bool IsOfEveryone => _exceptions.Length == 0;

    /// <summary>Where it differs from what everybody sees.</summary>
    public IEnumerable<ChannelId> Exceptions => _exceptions.Select(channel => new ChannelId(channel));

    public bool Sees(ChannelId channel) => ChannelVisibility.IsSeen(_privateChannels.Contains(channel), Excepts(channel));

    /// <summary>Whether a channel is seen where everybody does not see it, or not seen where everybody does.</summary>
    public bool Excepts(ChannelId channel) => _exceptions.Length > 0 && Array.BinarySearch(_exceptions, channel.Value) >= 0;

    /// <summary>The same but for one channel.</summary>
    public VisibleSet With(ChannelId channel, bool isException)
    {
        if (Excepts(channel) == isException)
            return this;
        return new VisibleSet(_privateChannels, isException ? Exceptions.Append(channel) : Exceptions.Where(other => other != channel));
    }

    public bool Equals(VisibleSet? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _exceptions.AsSpan().SequenceEqual(other._exceptions));

    public override bool Equals(object? obj) => Equals(obj as VisibleSet);

    public override int GetHashCode() => _hash;
}
