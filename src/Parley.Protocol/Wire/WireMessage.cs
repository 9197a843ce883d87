using System.Text.Json.Serialization;

namespace Parley.Protocol.Wire;

/// <summary>Anything that stands in a frame: an object with a <c>type</c>.</summary>
public abstract record WireMessage
{
    private protected WireMessage(string type) => Type = type;

    /// <summary>The wire name. It stands first, so that whoever looks for it need not look far.</summary>
    [JsonPropertyOrder(-2)] // Not virtual: an override does not inherit the order.
    public string Type { get; }

    /// <summary>Level 2: the id of a request, repeated by its answer; absent in what nobody asked for.</summary>
    [JsonPropertyOrder(-1)]
    public RequestRef? Ref { get; init; }
}

/// <summary>What a client asks of the server. Missing and null fields count as empty.</summary>
public abstract record Command : WireMessage
{
    private protected Command(string type) : base(type)
    {
    }
}

/// <summary>What the server says: an answer, a refusal, or news.</summary>
public abstract record ServerMessage : WireMessage
{
    private protected ServerMessage(string type) : base(type)
    {
    }
}
