namespace Parley.Testing;

/// <summary>A folder of its own for one test, gone afterwards (unless PARLEY_KEEP_TEMP is set, to look into it).</summary>
public sealed class TempFolder : IDisposable
{
    private static readonly bool Keep = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PARLEY_KEEP_TEMP"));

    public string Path { get; } = Directory.CreateTempSubdirectory("parley-test-").FullName;

    /// <summary>The full path of something in this folder.</summary>
    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    public override string ToString() => Path;

    public void Dispose()
    {
        if (Keep)
            return;
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // A test that moves its folder away has tidied up by itself.
        }
        catch (IOException)
        {
            // A child that is just ending may write a last file between the listing and the removal: one more time finds it.
            Directory.Delete(Path, recursive: true);
        }
    }
}
