namespace Parley.Client.Connection;

/// <summary>The server broke the protocol; the connection is given up.</summary>
internal sealed class ProtocolViolationException : IOException
{
    public ProtocolViolationException()
    {
    }

    public ProtocolViolationException(string message) : base(message)
    {
    }

    public ProtocolViolationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
