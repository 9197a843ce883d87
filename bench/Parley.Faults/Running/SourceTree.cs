namespace Parley.Faults.Running;

/// <summary>The checkout that this program was built from.</summary>
internal static class SourceTree
{
    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException("There is no Parley.slnx above this program: name the server by --server PATH.");
    }
}
