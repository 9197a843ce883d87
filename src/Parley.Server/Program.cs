using Parley.Server.Hosting;

try
{
    var parsed = ServerCommandLine.Build(TimeProvider.System).Parse(args);
    if (parsed.Errors.Count > 0)
        throw new StartupException($"{parsed.Errors[0].Message} Try 'parley-server --help'.");
    return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
