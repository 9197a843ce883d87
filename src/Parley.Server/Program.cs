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
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
