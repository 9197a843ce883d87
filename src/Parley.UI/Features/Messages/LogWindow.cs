using Parley.Client.Features.Messages;

namespace Parley.UI.Features.Messages;

/// <summary>
/// Which part of a log is in the page. A page with 100,000 messages would be slow and large, so a window of a few hundred moves over the log as the
/// reader scrolls. Immutable; every move gives another window.
/// </summary>
/// <param name="First">The number of the first message in the page.</param>
/// <param name="Last">The number of the last one; below <paramref name="First"/> where there is none.</param>
/// <param name="IsLive">Whether the window goes along with what is said.</param>
internal sealed record LogWindow(long First, long Last, bool IsLive)
{
    /// <summary>The most messages in the page.</summary>
    internal const int MaxCount = 240;

    /// <summary>How many are in the page when a conversation is opened.</summary>
    internal const int Opening = 60;

    /// <summary>How many come in at an edge at once. The page needs one to two milliseconds for each, and a reader who scrolls sees frames over 50.</summary>
    internal const int Step = 20;

    // A jump shows its message a third down the view. Fewer would not fill a tall one, and what is not in view comes in at the edges.
    private const int AboveJump = 20;
    private const int BelowJump = 40;

    /// <summary>The window on the present of a log.</summary>
    internal static LogWindow AtPresent(ChannelLog log) =>
        log.LatestRun is { } run ? new LogWindow(Math.Max(run.First, run.Last - Opening + 1), run.Last, IsLive: true) : new LogWindow(1, 0, IsLive: true);

    /// <summary>The window around a message; null where it is not held.</summary>
    internal static LogWindow? Around(ChannelLog log, long number)
    {
        if (log.RunOf(number) is not { } run)
            return null;
        var last = Math.Min(run.Last, number + BelowJump);
        return new LogWindow(Math.Max(run.First, number - AboveJump), last, last == log.LastNumber);
    }

    /// <summary>Whether nothing is in the page.</summary>
    internal bool IsEmpty => Last < First;

    /// <summary>Whether the next step at one edge takes something away at the other.</summary>
    internal bool IsFull => Last - First + 1 > MaxCount - Step;

    /// <summary>The run that the window lies in; null where it is not held any more.</summary>
    internal LogRun? RunIn(ChannelLog log) => IsEmpty ? null : log.RunOf(First) is { } run && run.Contains(Last) ? run : null;

    /// <summary>The window after the log has changed.</summary>
    /// <param name="log">The log now.</param>
    /// <param name="isAtBottom">Whether the reader looks at the present. Then the top is cut; else the window stops to go along once it is full.</param>
    internal LogWindow Follow(ChannelLog log, bool isAtBottom)
    {
        if (IsEmpty || RunIn(log) is not { } run)
            return AtPresent(log);
        if (!IsLive)
            return this;
        if (run.Last != log.LastNumber)
        {
            // A gap: the present lies in another run, or is not held yet.
            if (!isAtBottom)
                return this with { IsLive = false };
            return log.LatestRun is null ? this : AtPresent(log);
        }

        if (run.Last == Last)
            return this;
        if (isAtBottom)
            return this with { First = run.Last - First < MaxCount ? First : run.Last - Opening + 1, Last = run.Last };
        return run.Last - First < MaxCount ? this with { Last = run.Last } : new LogWindow(First, Math.Max(Last, First + MaxCount - 1), IsLive: false);
    }

    /// <summary>Moves up by a step, as far as is held.</summary>
    internal LogWindow Older(ChannelLog log)
    {
        if (RunIn(log) is not { } run)
            return this;
        var first = Math.Max(run.First, First - Step);
        var last = Math.Min(Last, first + MaxCount - 1);
        return new LogWindow(first, last, IsLive && last == Last);
    }

    /// <summary>Moves down by a step, as far as is held.</summary>
    internal LogWindow Newer(ChannelLog log)
    {
        if (RunIn(log) is not { } run)
            return this;
        var last = Math.Min(run.Last, Last + Step);
        return new LogWindow(Math.Max(First, last - MaxCount + 1), last, last == log.LastNumber);
    }
}
