using Parley.Client.Connection;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.Features.Conversations;
using Parley.UI.Features.Members;
using Parley.UI.Features.Messages;
using Parley.UI.Primitives;
using Parley.UI.Shell;

namespace Parley.UI.Tests.Features;

/// <summary>What people are shown as, wherever they are shown.</summary>
public sealed class MembersTests
{
    [Fact]
    public async Task The_four_statuses_differ_in_shape()
    {
        await using var ui = new UiContext();

        var shapes = new[] { MemberStatus.Online, MemberStatus.Idle, MemberStatus.DoNotDisturb, MemberStatus.Offline }
            .Select(status => ui.Render<StatusDot>(p => p.Add(d => d.Status, status)).Find("path").GetAttribute("d")).ToList();

        Assert.Equal(4, shapes.Distinct().Count());
        // What a later server says means that they are here.
        Assert.Equal(shapes[0], ui.Render<StatusDot>(p => p.Add(d => d.Status, "streaming")).Find("path").GetAttribute("d"));
    }

    [Fact]
    public async Task The_owner_bears_a_sign_beside_the_name_and_in_the_profile()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready() with { OwnerId = Given.Bob });
        var members = ui.Render<MemberList>();
        var bobs = ui.Render<ProfilePopover>(p => p.Add(o => o.Username, "bob"));

        Assert.Equal("Owner", members.Find("li:contains('bob') .member__owner").TextContent);
        Assert.Empty(members.FindAll("li:contains('alice') .member__owner"));
        Assert.Equal("Owner", bobs.Find(".profile__owner").TextContent);
        Assert.Empty(ui.Render<ProfilePopover>(p => p.Add(o => o.Username, "alice")).FindAll(".profile__owner"));

        ui.Hear(new ServerChanged(null, Given.Alice)); // Another one now.
        Assert.Empty(members.FindAll("li:contains('bob') .member__owner"));
        Assert.Equal("Owner", members.Find("li:contains('alice') .member__owner").TextContent);
    }

    [Fact]
    public async Task The_list_is_one_stop_of_the_tab_key()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var buttons = ui.Render<MemberList>().FindAll(".member__button");

        Assert.True(buttons.Count > 1);
        Assert.Equal([null, .. Enumerable.Repeat("-1", buttons.Count - 1)], buttons.Select(button => button.GetAttribute("tabindex")));
    }

    [Fact]
    public async Task The_text_stands_beneath_the_name_and_the_status_is_read_out()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Presence(MemberStatus.DoNotDisturb, "Writing an exam"));

        var members = ui.Render<MemberList>();
        var conversations = ui.Render<ConversationNavigation>(p => p.Add(n => n.Selected, (Parley.Protocol.Wire.ChannelId?)null));

        var bob = members.Find("li:contains('bob')");
        Assert.Equal("Writing an exam", bob.QuerySelector(".member__text")?.TextContent);
        Assert.Contains("Do not disturb", bob.TextContent, StringComparison.Ordinal);
        var link = conversations.Find("a");
        Assert.Equal("Writing an exam", link.QuerySelector("[aria-hidden=true].item__note")?.TextContent);
        Assert.Equal("Do not disturb, Writing an exam", conversations.Find($"#{link.GetAttribute("aria-describedby")}").TextContent);
    }

    [Fact]
    public async Task Without_a_connection_nobody_is_shown_as_here()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Presence(MemberStatus.DoNotDisturb, "Writing an exam"));
        var list = ui.Render<MemberList>();
        var conversations = ui.Render<ConversationNavigation>(p => p.Add(n => n.Selected, (ChannelId?)null));
        var profile = ui.Render<ProfilePopover>(p => p.Add(x => x.Username, "bob"));
        Assert.Empty(list.FindAll(".member--offline"));

        ui.Change(state => state with { Connection = new ConnectionStatus.Reconnecting(Given.Noon.AddSeconds(8), "The connection was lost.") });

        list.WaitForAssertion(() =>
        {
            Assert.Equal("Status unknown, 2", list.Find(".members__count").TextContent);
            Assert.Equal(["alice", "bob"], list.FindAll(".member--offline .member__name").Select(name => name.TextContent));
            Assert.Empty(list.FindAll("[data-heading], .dot--online, .dot--dnd"));
            Assert.Equal("Status unknown", list.Find("li:contains('bob') .visually-hidden").TextContent);
        });
        conversations.WaitForAssertion(() => Assert.Empty(conversations.FindAll(".dot--dnd")));
        profile.WaitForAssertion(() => Assert.Equal("Status unknown", profile.Find(".profile__status").TextContent));

        ui.Change(state => state with { Connection = new ConnectionStatus.Connected("server") });
        ui.Time.Advance(TimeSpan.FromSeconds(1)); // The next frame.

        list.WaitForAssertion(() => Assert.Equal("Online, 2", list.Find(".members__count").TextContent));
    }

    [Fact]
    public async Task A_member_is_drawn_anew_only_where_there_is_news_of_them()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Presence(MemberStatus.Idle, null));
        var list = ui.Render<MemberList>();
        var (alice, bob) = (Item(Given.Alice), Item(Given.Bob));
        Assert.Equal((1, 1), (alice.RenderCount, bob.RenderCount));

        ui.Hear(Presence(MemberStatus.DoNotDisturb, null));

        list.WaitForAssertion(() => Assert.Contains("Do not disturb", bob.Markup, StringComparison.Ordinal));
        Assert.Equal((1, 2), (alice.RenderCount, bob.RenderCount));

        IRenderedComponent<MemberItem> Item(UserId id) => list.FindComponents<MemberItem>().Single(item => item.Instance.Member.Id == id);
    }

    [Fact]
    public async Task The_column_goes_and_comes_by_its_button_and_is_remembered()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var screen = ui.Render<ChatScreen>();
        Assert.Equal("true", Column().GetAttribute("aria-pressed"));

        await Column().ClickAsync(new());

        Assert.Empty(screen.FindAll("aside[aria-label=Members]"));
        Assert.Equal("false", Column().GetAttribute("aria-pressed"));
        Assert.False(ui.Profile.Preferences.ShowsMembers);
        await Column().ClickAsync(new());
        Assert.Equal(["alice", "bob"], screen.FindAll("aside[aria-label=Members] .member__name").Select(name => name.TextContent));

        AngleSharp.Dom.IElement Column() => screen.Find("button[aria-label='Show member list'][aria-pressed]");
    }

    [Fact]
    public async Task The_list_over_the_messages_gives_way_to_whom_one_chooses()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var button = ui.Render<MembersButton>(p => p.Add(b => b.IsShown, true));
        await button.Find("[aria-expanded=false]").ClickAsync(new());
        Assert.Single(button.FindAll("[aria-expanded=true]"));

        await button.Find("[role=dialog][aria-label=Members] li:contains('bob') button").ClickAsync(new());

        Assert.Empty(button.FindAll("[role=dialog]"));
        button.WaitForAssertion(() => Assert.Equal(("bob", PopoverSide.Below), (ui.Ui.Profile?.Username, ui.Ui.Profile?.Side)));
    }

    [Fact]
    public async Task A_press_on_an_author_asks_for_the_profile()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var row = ui.Render<MessageRow>(p => p.Add(r => r.Author, "bob").Add(r => r.Content, "hi").Add(r => r.Time, Given.Noon).Add(r => r.StartsGroup, true)
            .Add(r => r.Today, DateOnly.FromDateTime(Given.Noon.DateTime)));
        var host = ui.Render<ProfileHost>();

        await row.Find("button.message__author").ClickAsync(new());

        host.WaitForAssertion(() => Assert.Equal("bob", host.Find("[role=dialog][aria-label='Profile of bob'] h2").TextContent));
        Assert.Equal(PopoverSide.Right, ui.Ui.Profile?.Side);
    }

    [Fact]
    public async Task A_press_on_a_mention_asks_for_the_profile_of_whom_it_means()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var text = ui.Render<MessageText>(p => p.Add(t => t.Content, "hi @BOB"));

        await text.Find("button.text__mention").ClickAsync(new());

        Assert.Equal("bob", ui.Ui.Profile?.Username);
    }

    [Fact]
    public async Task A_profile_shows_who_it_is_and_follows_what_changes()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Presence(MemberStatus.Idle, null));
        var profile = ui.Render<ProfilePopover>(p => p.Add(x => x.Username, "BOB"));
        Assert.Equal("bob", profile.Find("h2").TextContent);
        Assert.Equal("Idle", profile.Find(".profile__status").TextContent);

        ui.Hear(Presence(MemberStatus.Offline, "Back on Monday"));

        profile.WaitForAssertion(
            () => Assert.Equal(("Offline", "Back on Monday"), (profile.Find(".profile__status").TextContent, profile.Find(".profile__text").TextContent)));
    }

    [Fact]
    public async Task The_message_button_of_a_profile_opens_the_conversation_and_closes_it()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var host = ui.Render<ProfileHost>();
        ui.Ui.ShowProfile("bob", PopoverSide.Left);
        host.WaitForElement("[role=dialog]");

        await host.Find("button:contains('Message')").ClickAsync(new());

        Assert.Equal(Given.WithBob, ui.Ui.Selected);
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("[role=dialog]")));
    }

    [Fact]
    public async Task Ones_own_profile_leads_to_the_status()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var panel = ui.Render<UserPanel>();
        var host = ui.Render<ProfileHost>();
        ui.Ui.ShowProfile("alice", PopoverSide.Left);
        host.WaitForElement("[role=dialog]");

        await host.Find("button:contains('Edit status')").ClickAsync(new());

        panel.WaitForElement("[role=dialog] input[type=radio]");
        Assert.Null(ui.Ui.Profile);
    }

    [Fact]
    public async Task The_status_editor_starts_with_what_is_and_says_when_there_is_no_connection()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), new PresenceChanged([new MemberState(Given.Alice, "alice", MemberStatus.DoNotDisturb, "Writing an exam")]));

        var editor = ui.Render<StatusEditor>();

        Assert.True(editor.FindAll("input[type=radio]")[1].HasAttribute("checked"));
        Assert.Equal("Writing an exam", editor.Find("input:not([type=radio])").GetAttribute("value"));
        await editor.Find("form").SubmitAsync();
        Assert.Contains("No connection", editor.Find(".field__note--error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_just_chosen_holds_though_the_server_has_not_told_it_yet()
    {
        await using var server = new ObligingServer();
        await using var ui = await UiContext.ConnectAsync(server);
        var editor = ui.Render<StatusEditor>();

        await editor.FindAll("input[type=radio]")[1].ChangeAsync(new());
        await editor.Find("input:not([type=radio])").InputAsync(new() { Value = "Writing an exam" });
        await editor.Find("form").SubmitAsync();
        await editor.FindAll("input[type=radio]")[0].ChangeAsync(new());

        Assert.Equal(
            [("dnd", null), ("dnd", "Writing an exam"), ("online", "Writing an exam")],
            server.Asked("status_set").Select(
                request => (request.GetProperty("status").GetString(), request.TryGetProperty("text", out var text) ? text.GetString() : null)));
        ui.Hear(new PresenceChanged([new MemberState(Given.Alice, "alice", MemberStatus.DoNotDisturb, "on another device")]));
        editor.WaitForAssertion(() => Assert.True(editor.FindAll("input[type=radio]")[1].HasAttribute("checked")));
    }

    private static PresenceChanged Presence(string status, string? text) => new([new MemberState(Given.Bob, "bob", status, text)]);
}
