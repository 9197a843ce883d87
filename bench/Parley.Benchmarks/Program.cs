using BenchmarkDotNet.Running;
using Parley.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(HotPath).Assembly).Run(args);
