namespace Parley.Server.Hosting;

/// <summary>The server cannot start, and the operator can do something about it: one line that says what and what to do. Exit code 1.</summary>
internal sealed class StartupException(string message) : Exception(message);
