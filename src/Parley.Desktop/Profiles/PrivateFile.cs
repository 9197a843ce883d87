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

    internal static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var next = $"{path}.{Guid.NewGuid():N}.new";
        using (var file = new FileStream(next, options))
        {
            JsonSerializer.Serialize(file, value, type);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
