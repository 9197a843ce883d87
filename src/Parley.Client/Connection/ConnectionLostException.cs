namespace Parley.Client.Connection;

/// <summary>There is no connection, or it was lost before the answer came; whether the server carried the request out is not known.</summary>
public sealed class ConnectionLostException : IOException
{
    /// <summary>Says only that.</summary>
    public ConnectionLostException() : base("There is no connection to the server.")
    {
    }

    /// <inheritdoc/>
    public ConnectionLostException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public ConnectionLostException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
