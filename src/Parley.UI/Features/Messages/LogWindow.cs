using Parley.Client.Features.Messages;

namespace Parley.UI.Features.Messages;

/// <summary>
/// The part of a log that is in the page. A page with 100,000 messages would be slow and large, so a window of a few hundred moves over the log as the user
/// scrolls. It is given by two numbers; its size is the count of shown messages between them. Immutable: each move returns another window.
/// </summary>
/// <param name="First">The lowest number in the page.</param>
/// <param name="Last">The highest one; below <paramref name="First"/> where there is none.</param>
/// <param name="IsLive">Whether the window follows new messages.</param>
internal sealed record LogWindow(long First, long Last, bool IsLive)
{
    /// <summary>The most messages in the page.</summary>
    internal const int MaxCount = 240;

    /// <summary>How many are in the page when a room is opened.</summary>
    internal const int Opening = 60;

    /// <summary>How many come in at an edge at once. The page needs one to two milliseconds for each, and a reader who scrolls sees frames over 50.</summary>
    internal const int Step = 20;

    // A jump shows its message a third down the viewport. Fewer would not fill a tall one; more are loaded at the edges.
    private const int OlderAtJump = 20;
    private const int NewerAtJump = 40;

    /// <summary>The window on the present of a log.</summary>
    internal static LogWindow AtPresent(RoomLog log) =>
        log.LatestRun is { } run ? new LogWindow(OlderBy(log, run, run.Last + 1, Opening), run.Last, IsLive: true) : new LogWindow(1, 0, IsLive: true);

    /// <summary>The window around a number; null where it is not held.</summary>
    internal static LogWindow? Around(RoomLog log, long number)
    {
        if (log.RunOf(number) is not { } run)
            return null;
        var last = NewerBy(log, run, number, NewerAtJump);
        return new LogWindow(OlderBy(log, run, number, OlderAtJump), last, last == log.LastNumber);
    }

    /// <summary>Whether a message is shown; a deleted one is not, though it stays in the log.</summary>
    internal static bool IsShown(Message message) => !message.IsDeleted;

    /// <summary>Whether nothing is in the page.</summary>
    internal bool IsEmpty => Last < First;

    /// <summary>The run that the window lies in; null where it is not held any more.</summary>
    internal LogRun? RunIn(RoomLog log) => IsEmpty ? null : log.RunOf(First) is { } run && run.Contains(Last) ? run : null;

    /// <summary>Whether the next step at one edge takes something away at the other.</summary>
    internal bool IsFull(RoomLog log) => RunIn(log) is { } run && Count(log, run, First, Last) > MaxCount - Step;

    /// <summary>The window after the log has changed.</summary>
    /// <param name="log">The log now.</param>
    /// <param name="isAtBottom">Whether the list is scrolled to its lower end. Then a full window drops old messages; else it stops following.</param>
    internal LogWindow Follow(RoomLog log, bool isAtBottom)
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
        var fits = Count(log, run, First, run.Last) <= MaxCount;
        if (isAtBottom)
            return this with { First = fits ? First : OlderBy(log, run, run.Last + 1, Opening), Last = run.Last };
        return fits ? this with { Last = run.Last } : new LogWindow(First, Math.Max(Last, NewerBy(log, run, First - 1, MaxCount)), IsLive: false);
    }

    /// <summary>Moves to the older by a step, as far as is held.</summary>
    internal LogWindow Older(RoomLog log)
    {
        if (RunIn(log) is not { } run)
            return this;
        var first = OlderBy(log, run, First, Step);
        var last = Math.Min(Last, NewerBy(log, run, first - 1, MaxCount));
        return new LogWindow(first, last, IsLive && last == Last);
    }

    /// <summary>Moves to the newer by a step, as far as is held.</summary>
    internal LogWindow Newer(RoomLog log)
    {
        if (RunIn(log) is not { } run)
            return this;
        var last = NewerBy(log, run, Last, Step);
        return new LogWindow(Math.Max(First, OlderBy(log, run, last + 1, MaxCount)), last, last == log.LastNumber);
    }

    /// <summary>The number of the message so many older than a number; where there are not so many, the first number of the run.</summary>
    private static long OlderBy(RoomLog log, LogRun run, long number, int count)
    {
        for (var i = run.IndexFrom(number) - 1; i >= 0; i--)
        {
            if (IsShown(log[run.Rows[i]]) && --count == 0)
                return run.Rows[i].Number;
        }

        return Math.Min(run.First, number);
    }

    /// <summary>The number of the message so many newer than a number; where there are not so many, the last number of the run.</summary>
    private static long NewerBy(RoomLog log, LogRun run, long number, int count)
    {
        for (var i = run.IndexFrom(number + 1); i < run.Rows.Count; i++)
        {
            // Numbers of changes after the last message belong to the present.
            if (IsShown(log[run.Rows[i]]) && --count == 0 && i < run.Rows.Count - 1)
                return run.Rows[i].Number;
        }

        return run.Last;
    }

    private static int Count(RoomLog log, LogRun run, long first, long last) => log.MessagesIn(run, first, last).Count(IsShown);
}
