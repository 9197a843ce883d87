using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Somebody looks at a part of a log, or means to come back to it: it stays in memory, whatever <see cref="ChatClientOptions.MessagesInMemory"/> says.
/// Disposed when they look away.
/// </summary>
public sealed class LogHold : IDisposable
{
    private readonly LogMemory _memory;
    private volatile NumberRange[] _shown = []; // One range, or none yet.

    internal LogHold(LogMemory memory, ChannelId id) => (_memory, Id) = (memory, id);

    internal ChannelId Id { get; }

    internal IReadOnlyList<NumberRange> Shown => _shown;

    /// <summary>These numbers are before somebody's eyes now, or are about to be, and no others.</summary>
    public void Show(long first, long last) => _shown = last < first ? [] : [new NumberRange(first, last)];

    /// <summary>Nobody looks any more.</summary>
    public void Dispose() => _memory.Remove(this);
}
