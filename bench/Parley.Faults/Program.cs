using System.CommandLine;
using Parley.Faults.Clients;
using Parley.Faults.Running;

var root = new RootCommand("Breaks everything around a server and its clients, and proves that nothing that was said is lost.")
{
    RunCommand.Create(),
    CounterCommand.Create(),
    ClientCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
