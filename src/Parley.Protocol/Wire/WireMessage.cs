using System.Text.Json.Serialization;

namespace Parley.Protocol.Wire;

/// <summary>Anything that stands in a frame: an object with a <c>type</c>.</summary>
public abstract record WireMessage
{
    /// <summary>The wire name.</summary>
    [JsonPropertyOrder(-2)]
    public abstract string Type { get; }

    /// <summary>Level 2: the mark of a request, and of its answer; absent in what nobody asked for.</summary>
    [JsonPropertyOrder(-1)]
    public RequestRef? Ref { get; init; }
}

/// <summary>What a client asks of the server. Missing and null fields count as empty.</summary>
public abstract record Command : WireMessage;

/// <summary>What the server says: an answer, a refusal, or news.</summary>
public abstract record ServerMessage : WireMessage;
