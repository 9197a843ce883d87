namespace Parley.Testing;

/// <summary>The other side said something else than the test expects.</summary>
public sealed class PeerException(string message) : Exception(message);
