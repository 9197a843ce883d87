namespace Parley.Server.Tests.Support;

/// <summary>A disk of its own that can be full or read-only: a tmpfs, which takes root to mount; elsewhere the tests that need it are skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly TempFolder _mountPoint;

    private SmallDisk(TempFolder mountPoint) => _mountPoint = mountPoint;

    public string Path => _mountPoint.Path;

    public static async Task<SmallDisk> MountAsync(int kilobytes)
    {
        Assert.SkipUnless(Environment.UserName == "root" && OperatingSystem.IsLinux(), "Mounting a small disk takes root.");
        var mountPoint = new TempFolder();
        var exitCode = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", mountPoint.Path);
        if (exitCode != 0)
            mountPoint.Dispose();
        Assert.SkipUnless(exitCode == 0, "This machine does not let us mount a disk.");
        return new SmallDisk(mountPoint);
    }

    public async Task MakeReadOnlyAsync() => Assert.Equal(0, await RunAsync("mount", "-o", "remount,ro", Path));

    /// <summary>Takes what is free but for so many bytes; <see cref="Free"/> gives it back.</summary>
    public void Fill(int leave = 0)
    {
        using var filler = new FileStream(Filler, FileMode.Create);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }

        filler.SetLength(Math.Max(0, filler.Length - leave));
    }

    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", Path);
        _mountPoint.Dispose();
    }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    private static async Task<int> RunAsync(string program, params string[] args)
    {
        await using var process = ChildProcess.Start(program, args, "/");
        return await process.WaitForExitAsync();
    }
}
