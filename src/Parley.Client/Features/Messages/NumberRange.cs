using System.Collections.Immutable;

namespace Parley.Client.Features.Messages;

/// <summary>Numbers that follow each other, both ends included.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest; never below <paramref name="First"/>.</param>
public readonly record struct NumberRange(long First, long Last)
{
    /// <summary>How many numbers.</summary>
    public long Count => Last - First + 1;

    /// <summary>Whether the number is one of them.</summary>
    public bool Contains(long number) => number >= First && number <= Last;
}

/// <summary>Sets of numbers as ranges: ascending, and never touching each other, or they would be one.</summary>
public static class NumberRanges
{
    /// <summary>The set with the numbers from <paramref name="first"/> to <paramref name="last"/>; the same array where it has them all.</summary>
    public static ImmutableArray<NumberRange> Add(ImmutableArray<NumberRange> ranges, long first, long last)
    {
        var (from, to) = Touching(ranges, range => range, first, last);
        if (from == to)
            return ranges.Insert(from, new NumberRange(first, last));
        var joined = new NumberRange(Math.Min(first, ranges[from].First), Math.Max(last, ranges[to - 1].Last));
        return to == from + 1 && joined == ranges[from] ? ranges : ranges.RemoveRange(from, to - from).Insert(from, joined);
    }

    /// <summary>The ranges that these numbers overlap or touch stand side by side, from "From" to before "To".</summary>
    internal static (int From, int To) Touching<T>(ImmutableArray<T> items, Func<T, NumberRange> rangeOf, long first, long last)
    {
        var from = 0;
        while (from < items.Length && rangeOf(items[from]).Last < first - 1)
            from++;
        var to = from;
        while (to < items.Length && rangeOf(items[to]).First <= last + 1)
            to++;
        return (from, to);
    }

    /// <summary>The range that holds this number, or null.</summary>
    public static NumberRange? Find(ImmutableArray<NumberRange> ranges, long number)
    {
        foreach (var range in ranges)
        {
            if (range.Contains(number))
                return range;
        }

        return null;
    }
}
