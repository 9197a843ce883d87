using Parley.Server.Hosting;

try
{
    return await ServerCommandLine.Build(TimeProvider.System).Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
}
catch (StartupException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
