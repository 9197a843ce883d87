using Parley.Protocol.Rules;

namespace Parley.Load.Replay;

/// <summary>What is to be said, line by line, and what became of it. A line's fields are written by its speaker's loop alone.</summary>
internal sealed class Ledger
{
    public const int NotYet = 0;
    public const int Refused = -1;

    public Ledger(IReadOnlyList<TranscriptLine> lines, Cast cast, string run)
    {
        Run = run;
        Cast = cast;
        Count = lines.Count;
        Speakers = [.. lines.Select(cast.SpeakerOf)];
        IsAction = [.. lines.Select(l => l.IsAction)];
        Said = [.. lines.Select(cast.TextOf)];
        Expected = [.. Said.Select(text => ContentRule.Check(text, out var cleaned) is null ? cleaned : null)];
        SentAt = new long[Count];
        Numbers = new long[Count];
    }

    /// <summary>Makes the nonces of this run unlike those of any other.</summary>
    public string Run { get; }

    public Cast Cast { get; }

    public int Count { get; }

    public int[] Speakers { get; }

    public bool[] IsAction { get; }

    /// <summary>The text as it is sent.</summary>
    public string[] Said { get; }

    /// <summary>The text as the server is to keep it; null where the content rule refuses it.</summary>
    public string?[] Expected { get; }

    /// <summary>When the line was handed to the socket, in Stopwatch ticks.</summary>
    public long[] SentAt { get; }

    /// <summary>The number that the acknowledgement gave; <see cref="Refused"/>; <see cref="NotYet"/>.</summary>
    public long[] Numbers { get; }
}
