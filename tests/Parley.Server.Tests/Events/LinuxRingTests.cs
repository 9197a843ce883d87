using Parley.Server.Transport;

namespace Parley.Server.Tests.Events;

/// <summary>The ring's descriptor and memory. Where the system has no ring there is nothing to look at.</summary>
public sealed class LinuxRingTests
{
    /// <summary>A second close would close what has got the number since: a connection, or a file of the database.</summary>
    [Fact]
    public void Disposed_twice_it_closes_nothing_of_others()
    {
        if (LinuxRing.TryCreate() is not { } ring)
            return;
        using var folder = new TempFolder();
        ring.Dispose();
        var files = Enumerable.Range(0, 200).Select(i => File.OpenHandle(folder[$"{i}"], FileMode.CreateNew, FileAccess.ReadWrite)).ToList();

        ring.Dispose();

        Assert.All(files, file => RandomAccess.Write(file, "still open"u8, 0));
        files.ForEach(file => file.Dispose());
    }
}
