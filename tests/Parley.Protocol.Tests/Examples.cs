using System.Text;

namespace Parley.Protocol.Tests;

/// <summary>The examples of docs/protocol.md, one message a line, as they stand there.</summary>
internal static class Examples
{
    public static IReadOnlyList<string> OfClients { get; } = Read("json client");

    public static IReadOnlyList<string> OfServer { get; } = Read("json server");

    public static IReadOnlyList<string> All { get; } = [.. OfClients, .. OfServer];

    public static byte[] Frame(string json)
    {
        var payload = Encoding.UTF8.GetBytes(json);
        return [0, (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];
    }

    private static List<string> Read(string fence)
    {
        var examples = new List<string>();
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "protocol.md")))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = line == "```" + fence;
            else if (inside)
                examples.Add(line);
        }

        return examples;
    }
}
