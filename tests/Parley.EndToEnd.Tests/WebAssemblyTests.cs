using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>The interface and the client as WebAssembly, in a host that has a page and nothing else.</summary>
public sealed class WebAssemblyTests(Browser browser)
{
    [Fact]
    public async Task The_interface_runs_in_a_browser_as_far_as_its_wire_leads()
    {
        await using var host = await WebHost.StartAsync();
        await using var context = await browser.NewContextAsync(1200, 760);
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Url}");

        await page.GotoAsync(host.Address.ToString());
        await page.GetByLabel("Username").FillAsync("alice");
        await page.GetByLabel("Password").FillAsync(RawPeerVerbs.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Advanced" }).ClickAsync();

        await Expect(page.GetByLabel("Host", new() { Exact = true })).ToHaveValueAsync("127.0.0.1");
        // What this host lacks is not offered.
        await Expect(page.GetByText("Use TLS")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Host a server here")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log In" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("No answer from 127.0.0.1:5050.");
        Assert.Empty(faults);

        void Note(bool isFault, string what)
        {
            if (isFault)
                faults.Add(what);
        }
    }
}
