using BenchmarkDotNet.Running;
using Parley.Benchmarks;

if (args is ["text", ..])
    return ChatTextRun.Run(args);
BenchmarkSwitcher.FromAssembly(typeof(HotPath).Assembly).Run(args);
return 0;
