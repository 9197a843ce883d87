using Parley.Server.Hosting;

try
{
    var parsed = ServerCommandLine.Build(TimeProvider.System).Parse(args);
    if (parsed.Errors.Count > 0)
        throw new StartupException($"{parsed.Errors[0].Message} Try 'parley-server --help'.");
    // The library's own handling of signals would end us by force two seconds after one, with what is queued not written.
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync(e.Message.ReplaceLineEndings(" "));
    return 1;
}
#pragma warning disable CA1031 // A bug, or an outage that nobody thought of: whoever started the program gets a line all the same, and an exit code.
catch (Exception e)
#pragma warning restore CA1031
{
    await Console.Error.WriteLineAsync($"parley-server failed ({e.GetType().Name}): {e.Message.ReplaceLineEndings(" ")}");
    return 1;
}
