namespace Parley.Desktop.OwnServer;

/// <summary>Where the server's program is: in the folder <c>server</c> beside this one, as published, else where this repository builds it.</summary>
/// <param name="File">What to start.</param>
/// <param name="Arguments">What stands before the server's own arguments.</param>
internal sealed record ServerProgram(string File, IReadOnlyList<string> Arguments)
{
    private const string Name = "parley-server";

    /// <summary>Finds it; null where it is not there.</summary>
    internal static ServerProgram? Find() =>
        In(Path.Combine(AppContext.BaseDirectory, "server")) ?? In(AppContext.BaseDirectory) ?? In(BuildOutput(AppContext.BaseDirectory));

    private static ServerProgram? In(string? folder)
    {
        if (folder is null)
            return null;
        // Where this program was started by "dotnet", that is the one that fits; the executable would look for one where none may be.
        var library = Path.Combine(folder, $"{Name}.dll");
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" && System.IO.File.Exists(library))
            return new ServerProgram(Environment.ProcessPath ?? "dotnet", [library]);
        var executable = Path.Combine(folder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        return System.IO.File.Exists(executable) ? new ServerProgram(executable, []) : null;
    }

    // .../src/Parley.Desktop/bin/CONFIGURATION/FRAMEWORK -> .../src/Parley.Server/bin/CONFIGURATION/FRAMEWORK
    private static string? BuildOutput(string folder)
    {
        var parts = folder.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return parts is [.., "Parley.Desktop", "bin", var configuration, var framework]
            ? Path.Combine(string.Join(Path.DirectorySeparatorChar, parts[..^4]), "Parley.Server", "bin", configuration, framework)
            : null;
    }
}
