using Parley.Faults.Running;

namespace Parley.Faults.Tests;

public class CounterRunTests
{
    /// <summary>The counter-runs themselves take minutes and are run by hand; that they can be made is seen here.</summary>
    [Fact]
    public void Every_counter_run_still_fits_the_sources()
    {
        foreach (var counter in CounterRun.All)
            Assert.Contains(counter.Replace, counter.Broken(Repository.Root), StringComparison.Ordinal);
    }
}
