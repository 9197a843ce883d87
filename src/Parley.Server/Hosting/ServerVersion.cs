namespace Parley.Server.Hosting;

internal static class ServerVersion
{
    /// <summary>The program's name and version, as it says them to clients.</summary>
    public static string Text { get; } = $"parley-server {typeof(ServerVersion).Assembly.GetName().Version?.ToString(3)}";
}
