using Parley.Protocol.Wire;
using System.Diagnostics.CodeAnalysis;

namespace Parley.Client;

/// <summary>
/// What came of a request: its value, or the server's refusal. A lost connection is neither, but a <see cref="Connection.ConnectionLostException"/>.
/// </summary>
/// <typeparam name="T">The value of a request that was carried out.</typeparam>
public readonly record struct Answer<T>
{
    private readonly T? _value;

    internal Answer(T value) => _value = value;

    internal Answer(Refusal refusal) => Refusal = refusal;

    /// <summary>Why the request was refused; null where it was carried out.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value; asking for the value of a refused request is a bug.</summary>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException(Refusal.Message); // Set wherever there is no refusal.

    /// <summary>Takes the value out, where there is one.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = _value;
        refusal = Refusal;
        return refusal is null;
    }
}

/// <summary>Why a request was refused.</summary>
/// <param name="Code">One of <see cref="ErrorCode"/>.</param>
/// <param name="Message">What to tell the person.</param>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>Whether the same request may be carried out later: the server is busy, has a fault, or was asked too often.</summary>
    internal bool IsTemporary => Code is ErrorCode.Busy or ErrorCode.Internal or ErrorCode.RateLimited;

    /// <summary>Which refusal it is, for translation (docs/protocol.md, "Errors"); null from an older server, and from this client itself.</summary>
    public string? Key { get; init; }

    /// <summary>What it is about, in the order of the key's places: names, numbers; null where there are none.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}
