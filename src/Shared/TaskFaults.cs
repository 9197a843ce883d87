namespace Parley;

/// <summary>
/// For work that nobody waits for: what it fails with is told all the same. A bare <c>_ = WorkAsync()</c> would lose it. Work that was cancelled did not fail.
/// </summary>
#pragma warning disable VSTHRD110 // This is where tasks that nobody waits for end.
internal static partial class TaskFaults
{
    /// <summary>Tells the log.</summary>
    internal static void ReportFault(this Task task, Microsoft.Extensions.Logging.ILogger logger) => task.ReportFault(fault => Log.Failed(logger, fault));

    /// <summary>Tells standard error, where there is no log at hand.</summary>
    internal static void ReportFault(this Task task) => task.ReportFault(static fault => Console.Error.WriteLine($"parley: {fault}"));

    /// <summary>Tells a component's error boundary, by its <c>DispatchExceptionAsync</c>. A component that is gone has none any more.</summary>
    internal static void ReportFault(this Task task, Func<Exception, Task> tell) => task.ReportFault(new Action<Exception>(fault => tell(fault)));

    /// <summary>Tells whoever is named; on any thread.</summary>
    internal static void ReportFault(this Task task, Action<Exception> tell)
    {
        if (!task.IsCompletedSuccessfully)
            task.ContinueWith(
                failed => tell(failed.Exception!.GetBaseException()),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
    }

    private static partial class Log
    {
        [Microsoft.Extensions.Logging.LoggerMessage(1900, Microsoft.Extensions.Logging.LogLevel.Error, "Something that nobody waited for has failed.")]
        internal static partial void Failed(Microsoft.Extensions.Logging.ILogger logger, Exception cause);
    }
}
