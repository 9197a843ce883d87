using Microsoft.Extensions.Logging.Console;

namespace Parley.Server.Hosting;

/// <summary>The log: a line each, on standard error.</summary>
internal static class ServerLog
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging => logging
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        })
        .AddFilter(level => level >= LogLevel.Information)
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
