using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Faults.Clients;

/// <summary>
/// One line of what a client did and saw. <c>say</c> comes before the call; <c>said</c> after it: from then on the word is the library's to keep;
/// <c>ack</c> has the acknowledged number, <c>seen</c> a message as it was at first sight, <c>epoch</c> the identity of the data, <c>life</c> begins a
/// process. <c>change</c> comes before a change is asked for, <c>changed</c> when the library has taken it, <c>change_ack</c> with its number,
/// <c>given_up</c> where the server refused it; <c>shown</c> is what a message is in the end.
/// </summary>
internal sealed record JournalLine(string Kind)
{
    public string? Text { get; init; }

    public string? Nonce { get; init; }

    public long? Channel { get; init; }

    public long? Number { get; init; }

    public long? MessageId { get; init; }

    public string? Author { get; init; }

    /// <summary>Of a change: edit, delete, react or unreact. Of what is shown: whether it is deleted.</summary>
    public string? What { get; init; }

    /// <summary>What a message said before a change.</summary>
    public string? Before { get; init; }

    /// <summary>What is shown of reactions.</summary>
    public string? Reactions { get; init; }
}

/// <summary>A file of lines, each handed to the kernel before the next thing happens, so that it survives the process.</summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Format = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly Lock _gate = new();
    private readonly FileStream _file;

    public Journal(string path) => _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, 1);

    public void Write(JournalLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Format), (byte)'\n'];
        lock (_gate)
            _file.Write(bytes);
    }

    /// <summary>All whole lines; a last one that the death of its writer cut is left out.</summary>
    public static IEnumerable<JournalLine> Read(string path)
    {
        if (!File.Exists(path))
            yield break;
        foreach (var line in File.ReadLines(path))
        {
            // A line that a kill cut in two is followed by the next life's first line on the same line.
            if (line.EndsWith('}') && line.StartsWith('{') && line.LastIndexOf("{\"Kind\"", StringComparison.Ordinal) is 0
                && JsonSerializer.Deserialize<JournalLine>(line) is { } read)
                yield return read;
        }
    }

    public void Dispose() => _file.Dispose();
}
