using System.Collections.Immutable;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>A message's place in a log.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Id">The message, to be found in <see cref="RoomLog.Messages"/>.</param>
public readonly record struct LogRow(long Number, MessageId Id);

/// <summary>
/// A stretch of a log that is in memory without a gap: every message between its ends is among its rows. Other numbers between them belong to
/// changes.
/// </summary>
/// <param name="First">The lowest number.</param>
/// <param name="Last">The highest number.</param>
/// <param name="Rows">The messages, by number, ascending; there may be none.</param>
public sealed record LogRun(long First, long Last, ImmutableList<LogRow> Rows)
{
    /// <summary>Whether the number lies in it.</summary>
    public bool Contains(long number) => number >= First && number <= Last;

    /// <summary>The index of the first row with this number or a higher one; their count where there is none.</summary>
    public int IndexFrom(long number)
    {
        var (low, high) = (0, Rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Rows[middle].Number < number)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The rows between two numbers, both included.</summary>
    public IEnumerable<LogRow> RowsIn(long first, long last)
    {
        for (var i = IndexFrom(first); i < Rows.Count && Rows[i].Number <= last; i++)
            yield return Rows[i];
    }
}
