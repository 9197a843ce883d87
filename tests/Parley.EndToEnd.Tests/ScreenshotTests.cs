using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>The pictures of the documents: the main screens, with people who talk.</summary>
public sealed class ScreenshotTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task The_main_screens_fit_every_size_in_every_theme()
    {
        var mira = await SitDownAsync("mira", 1280, 800);
        await mira.Username.FillAsync("mira");
        await Camera.PhotographAsync(mira.Page, "login");
        await mira.RegisterAsync();
        await using var jonas = await Server.ConnectLevel1Async("jonas");
        await using var ada = await Server.ConnectLevel1Async("Ada_L");
        await using var felix = await Server.ConnectLevel1Async("felix");
        await TalkAsync(mira, jonas, ada, felix);
        await Camera.PhotographAsync(mira.Page, "chat");

        await mira.Page.Keyboard.PressAsync("Control+e");
        await Expect(mira.Dialog("Add an emoji")).ToBeVisibleAsync();
        await Camera.PhotographAsync(mira.Page, "emoji", (1280, 800));
        await mira.Page.Keyboard.PressAsync("Escape");
        await mira.Members.GetByText("jonas").ClickAsync();
        await Expect(mira.Dialog("Profile of jonas")).ToBeVisibleAsync();
        await Camera.PhotographAsync(mira.Page, "profile", (1280, 800));
        await mira.Page.Keyboard.PressAsync("Escape");

        await mira.Button("Settings").ClickAsync();
        await Expect(mira.Dialog("Settings")).ToBeVisibleAsync();
        await Camera.PhotographAsync(mira.Page, "settings");
    }

    private async Task TalkAsync(Person mira, RawPeer jonas, RawPeer ada, RawPeer felix)
    {
        await using (var away = await RawPeer.ConnectAsync(Server))
            await away.RegisterAsync("noor");
        await jonas.SendAsync(new { type = "channel_create", name = "music", description = "What we listen to" });
        await jonas.SendAsync(new { type = "channel_create", name = "lan-party", description = "Saturday, bring a long cable" });
        await jonas.SkipToAsync("channel_created");
        await jonas.SkipToAsync("channel_created");

        await SayAsync(jonas, "Who is coming on Saturday? I have room for eight, and the good switch.");
        await SayAsync(ada, "Me! And I can bring the projector.");
        await SayAsync(ada, "Does anybody still have the long HDMI cable?");
        await SayAsync(felix, "looks under the sofa", "action");
        await SayAsync(felix, "Found it 🎉");
        await mira.SayAsync("Perfect. Then the list is:\n- projector: Ada\n- switch: jonas\n- cable, dusty: felix");
        await jonas.CollectUntilAsync(m => m.Text("sender") == "mira");
        await SayAsync(jonas, "@mira you are the best. See you at six 👋");
        await jonas.SendAsync(new { type = "private_message", to = "mira", content = "Shall I order pizza for all?" });
        await ada.SendAsync(new { type = "message", channel = "music", content = "The new record is out" });
        await Expect(mira.Entry(mira.DirectMessages, "jonas")).ToContainTextAsync("1 unread");
        await Expect(mira.Entry(mira.Channels, "music")).ToContainTextAsync("1 unread");
        await Expect(mira.Messages).ToHaveCountAsync(7);
        await Expect(mira.Members.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Expect(mira.Members.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "noor" })).ToContainTextAsync("Offline");
    }

    private static async Task SayAsync(RawPeer peer, string content, string type = "message")
    {
        await peer.SendAsync(new { type, content });
        await peer.CollectUntilAsync(m => m.Type() == type && m.Text("content") == content);
    }
}
