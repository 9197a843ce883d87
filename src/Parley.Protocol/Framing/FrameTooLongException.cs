namespace Parley.Protocol.Framing;

/// <summary>A message that was to be written is longer than a frame may be: a bug of the writer, which should have paged it.</summary>
public sealed class FrameTooLongException : Exception
{
    /// <summary>Says how long the payload would have been, in bytes.</summary>
    public FrameTooLongException(long payloadBytes)
        : base($"A payload of {payloadBytes} bytes is above the limit of {FrameLimits.MaxPayloadBytes}.")
    {
    }

    /// <inheritdoc/>
    public FrameTooLongException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public FrameTooLongException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public FrameTooLongException()
    {
    }
}
