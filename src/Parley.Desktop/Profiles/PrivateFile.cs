using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Desktop.Profiles;

/// <summary>A small JSON file that only its owner can read, replaced as a whole: after a crash there is the old one or the new one, never half of either.</summary>
internal static class PrivateFile
{
    /// <summary>Reads the file; null where there is none or it makes no sense (it is kept beside as <c>.broken</c> then).</summary>
    internal static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, type);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            File.Move(path, path + ".broken", overwrite: true);
            return null;
        }
    }

    /// <summary>
    /// Writes the file. Where the disk takes it not (it is full, the folder is gone or may not be written), that is said on standard error, and the program goes
    /// on with what it has in memory: what is remembered is a comfort, and no reason to end.
    /// </summary>
    internal static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        var next = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            Write(next, path, value, type);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"parley: {path} cannot be written: {e.Message}");
            Remove(next);
        }
    }

    private static void Write<T>(string next, string path, T value, JsonTypeInfo<T> type)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(next, options))
        {
            JsonSerializer.Serialize(file, value, type);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static void Remove(string half)
    {
        try
        {
            File.Delete(half);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nor can it be tidied away.
        }
    }
}
