namespace Parley.Testing;

/// <summary>Where this checkout lies, found from the test's own output folder.</summary>
public static class Repository
{
    /// <summary>The folder of Parley.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: what the running test was built as, and so what it starts.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Split(Path.DirectorySeparatorChar).Contains("Release") ? "Release" : "Debug";

    /// <summary>The full path of something in this checkout.</summary>
    public static string PathOf(params string[] names) => Path.Combine([Root, .. names]);

    /// <summary>The built assembly of a project under src/, in the configuration of the test where no other is named.</summary>
    public static string BuiltAssembly(string project, string assemblyFile, string? configuration = null) =>
        PathOf("src", project, "bin", configuration ?? Configuration, "net10.0", assemblyFile);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Parley.slnx above {AppContext.BaseDirectory}.");
    }
}
