using System.IO.Compression;
using System.Text;

namespace Parley.Load.Replay;

/// <summary>One line of a transcript: who said what, as a message or as an action.</summary>
internal sealed record TranscriptLine(string Nick, bool IsAction, string Text);

/// <summary>
/// Reads conversations from tab-separated text, one line a message, in order of time: <c>time TAB nick TAB message|action TAB text</c>, UTF-8, plain or
/// gzip (by its name's end). Bytes that are not UTF-8 become U+FFFD.
/// </summary>
internal static class Transcript
{
    private const int FieldCount = 4;

    public static IReadOnlyList<TranscriptLine> Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream bytes = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        return Parse(reader);
    }

    public static IReadOnlyList<TranscriptLine> Parse(TextReader reader)
    {
        var lines = new List<TranscriptLine>();
        while (ReadLine(reader) is { } line)
        {
            var fields = line.Split('\t', FieldCount); // what follows the third tab is text, tabs included
            if (fields.Length != FieldCount || fields[2] is not ("message" or "action"))
                throw new InvalidDataException($"Line {lines.Count + 1} is not 'time TAB nick TAB message|action TAB text'.");
            lines.Add(new TranscriptLine(fields[1], fields[2] == "action", fields[3]));
        }

        return lines;
    }

    // TextReader.ReadLine ends lines at carriage returns, too, and people typed those.
    private static string? ReadLine(TextReader reader)
    {
        var line = new StringBuilder();
        int c;
        while ((c = reader.Read()) is not (-1 or '\n'))
            line.Append((char)c);
        return c == -1 && line.Length == 0 ? null : line.ToString();
    }
}
