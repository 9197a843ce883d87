using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Somebody looks at a part of a log, or means to come back to it: it stays in memory, whatever <see cref="ChatClientOptions.MessagesInMemory"/> says.
/// Disposed when they look away.
/// </summary>
public sealed class LogHold : IDisposable
{
    private readonly LogMemory _memory;
    private volatile NumberRange[] _visible = []; // One range or none: an array, because a value of two numbers cannot be volatile.

    internal LogHold(LogMemory memory, ChannelId id) => (_memory, Id) = (memory, id);

    internal ChannelId Id { get; }

    internal NumberRange? VisibleRange => _visible is [var range] ? range : null;

    /// <summary>These numbers are before somebody's eyes now, or are about to be, and no others.</summary>
    public void Show(long first, long last) => _visible = last < first ? [] : [new NumberRange(first, last)];

    /// <summary>Nobody looks any more.</summary>
    public void Dispose() => _memory.Remove(this);
}
