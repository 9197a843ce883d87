using System.Net;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>One program a profile; two programs would write the same files.</summary>
public sealed class InstanceTests
{
    [Fact]
    public async Task A_second_start_asks_the_first_one_and_ends_and_a_killed_one_is_in_nobodys_way()
    {
        using var data = new TempFolder();
        await using var first = DesktopProcess.Start(data.Path, "alice");
        var address = await first.AddressAsync();

        await using var second = DesktopProcess.Start(data.Path, "alice");
        var handed = await second.AddressAsync();
        Assert.Equal(0, await second.Process.WaitForExitAsync());
        Assert.Equal(address.Port, handed.Port);
        Assert.NotEqual(address, handed);
        Assert.Equal(HttpStatusCode.Redirect, await OpenAsync(handed));

        await using var other = DesktopProcess.Start(data.Path, "bob");
        Assert.NotEqual(address.Port, (await other.AddressAsync()).Port);

        first.Process.Signal(PosixSignalNumber.Kill);
        await using var third = DesktopProcess.Start(data.Path, "alice");
        Assert.Equal(HttpStatusCode.Redirect, await OpenAsync(await third.AddressAsync()));
        Assert.False(third.Process.HasExited);
    }

    [Fact]
    public async Task Parley_can_be_put_among_the_users_programs_and_taken_away_again()
    {
        using var data = new TempFolder();
        string[] files = ["applications/parley.desktop", "icons/hicolor/scalable/apps/parley.svg", "icons/hicolor/256x256/apps/parley.png"];

        await using var install = DesktopProcess.Start(data.Path, "alice", "--install-desktop-entry");
        Assert.Equal(0, await install.Process.WaitForExitAsync());
        Assert.All(files, file => Assert.True(File.Exists(data[file]), file));

        await using var remove = DesktopProcess.Start(data.Path, "alice", "--remove-desktop-entry");
        Assert.Equal(0, await remove.Process.WaitForExitAsync());
        Assert.All(files, file => Assert.False(File.Exists(data[file]), file));
    }

    private static async Task<HttpStatusCode> OpenAsync(Uri address)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        using var response = await client.GetAsync(address);
        return response.StatusCode;
    }
}
