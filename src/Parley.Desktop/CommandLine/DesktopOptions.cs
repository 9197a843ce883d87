using Parley.Client.Connection;
using Parley.Desktop.Windows;

namespace Parley.Desktop.CommandLine;

/// <summary>What the command line asked for.</summary>
/// <param name="Profile">Whose folder: sessions, pins, window size.</param>
/// <param name="Server">The server that the login screen starts with; null takes the last one.</param>
/// <param name="Trust">The fingerprint of the certificate to trust for that server.</param>
/// <param name="Owns">The database of that server, where it lies on this computer and belongs to the person.</param>
/// <param name="Window">The window that was asked for; null takes the best that there is.</param>
internal sealed record DesktopOptions(string Profile, ServerAddress? Server, Fingerprint? Trust, WindowKind? Window, string? Owns = null);
