using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Keeps a part of a log in memory, beyond <see cref="ChatClientOptions.MessagesInMemory"/>, because a window shows it or will come back to it. Dispose it to
/// let the part go.
/// </summary>
public sealed class LogHold : IDisposable
{
    private readonly LogMemory _memory;
    private volatile NumberRange[] _range = []; // One range or none: an array, because a value of two numbers cannot be volatile.

    internal LogHold(LogMemory memory, ChannelId id) => (_memory, Id) = (memory, id);

    internal ChannelId Id { get; }

    internal NumberRange? Range => _range is [var held] ? held : null;

    /// <summary>Sets the numbers to keep, in place of those before; none where <paramref name="last"/> is below <paramref name="first"/>.</summary>
    public void Show(long first, long last) => _range = last < first ? [] : [new NumberRange(first, last)];

    /// <summary>Lets the part go.</summary>
    public void Dispose() => _memory.Remove(this);
}
