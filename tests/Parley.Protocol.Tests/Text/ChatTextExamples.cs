using System.Globalization;
using System.Text;

namespace Parley.Protocol.Tests.Text;

/// <summary>The examples of docs/chat-text.md: what was typed, and what is shown.</summary>
internal static class ChatTextExamples
{
    private const string Arrow = " ⟶ ";

    /// <summary>All of them, as they stand on the page.</summary>
    internal static IReadOnlyList<(string Typed, string Shown)> All { get; } =
        [.. Lines().Where(line => line.Contains(Arrow, StringComparison.Ordinal)).Select(Read)];

    /// <summary>What an example stands for: its escapes are signs.</summary>
    internal static string Unescape(string example)
    {
        var text = new StringBuilder();
        for (var i = 0; i < example.Length; i++)
        {
            if (example[i] != '\\' || i + 1 == example.Length)
            {
                text.Append(example[i]);
                continue;
            }

            i++;
            if (example[i] == 'u')
            {
                text.Append((char)int.Parse(example.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
                continue;
            }

            text.Append(example[i] switch { 'n' => '\n', 't' => '\t', var sign => sign });
        }

        return text.ToString();
    }

    private static IEnumerable<string> Lines()
    {
        var isInside = false;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "chat-text.md")))
        {
            if (line.StartsWith("~~~~", StringComparison.Ordinal))
                isInside = line == "~~~~text";
            else if (isInside)
                yield return line;
        }
    }

    private static (string Typed, string Shown) Read(string line)
    {
        var at = line.IndexOf(Arrow, StringComparison.Ordinal);
        return (line[..at], line[(at + Arrow.Length)..]);
    }
}
