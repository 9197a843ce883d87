using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Desktop.Profiles;

/// <summary>
/// A small JSON file that only its owner can read, replaced as a whole: after a crash there is the old one or the new one, never half of either.
/// </summary>
internal static class PrivateFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// Reads the file; null where there is none, where it cannot be read, or where it makes no sense at all (of the last two it is kept beside as
    /// <c>.broken</c>). A value in it that makes no sense, such as a word of a newer version, is left out, and what lacks it is as if nobody had chosen.
    /// Standard error tells of each.
    /// </summary>
    internal static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonNode.Parse(file, documentOptions: Strict) is JsonObject root
                ? Understand(path, root, type)
                : throw new JsonException("There is no object in it.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"parley: {path} cannot be read and is put aside: {e.Message}");
            PutAside(path);
            return null;
        }
    }

    /// <summary>
    /// Writes the file. Where the disk takes it not (it is full, the folder is gone or may not be written), that is said on standard error, and the program
    /// goes on with what it has in memory: what is remembered is a comfort, and no reason to end.
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
            RemoveHalf(next);
        }
    }

    // One value after the other goes, until what is left is understood. A null says no more than the lack of the value does.
    private static T? Understand<T>(string path, JsonObject root, JsonTypeInfo<T> type)
    {
        RemoveNulls(root);
        while (true)
        {
            try
            {
                return root.Deserialize(type);
            }
            catch (JsonException e) when (Find(root, e.Path ?? "") is { Parent: not null } senseless)
            {
                Console.Error.WriteLine($"parley: {senseless.GetPath()} in {path} makes no sense and is left out.");
                Remove(senseless);
            }
        }
    }

    private static void RemoveNulls(JsonNode node)
    {
        if (node is JsonObject values)
        {
            foreach (var name in values.Where(value => value.Value is null).Select(value => value.Key).ToList())
                values.Remove(name);
        }
        else if (node is JsonArray items)
        {
            items.RemoveAll(item => item is null);
        }

        foreach (var child in Children(node))
            RemoveNulls(child);
    }

    // What lies at a path, or the nearest around it.
    private static JsonNode Find(JsonNode node, string path) =>
        Children(node).FirstOrDefault(child => IsWithin(child.GetPath(), path)) is { } child ? Find(child, path) : node;

    private static bool IsWithin(string outer, string path) =>
        path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] is '.' or '[');

    private static List<JsonNode> Children(JsonNode node) => node switch
    {
        JsonObject values => [.. values.Select(value => value.Value).OfType<JsonNode>()],
        JsonArray items => [.. items.OfType<JsonNode>()],
        _ => [],
    };

    private static void Remove(JsonNode node)
    {
        if (node.Parent is JsonArray items)
            items.Remove(node);
        else
            node.Parent?.AsObject().Remove(node.GetPropertyName());
    }

    private static void PutAside(string path)
    {
        try
        {
            File.Move(path, path + ".broken", overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"parley: {path} cannot be put aside: {e.Message}");
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

    private static void RemoveHalf(string half)
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
