using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Features;
using Parley.Server.Hosting;
using Parley.Server.Limits;

namespace Parley.Server.Tests.Limits;

/// <summary>docs/protocol.md, "Limits": what commands cost, and what a user and an address may cost over all their connections.</summary>
public sealed partial class BudgetTests
{
    [Fact]
    public void Every_command_s_cost_stands_in_the_protocol_page()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol.md"));
        var table = page[page.IndexOf("#### What commands cost", StringComparison.Ordinal)..];

        var told = CostRow().Matches(table).SelectMany(
            row => CommandName().Matches(row.Groups["commands"].Value).Select(m => (m.Groups[1].Value, int.Parse(row.Groups["points"].Value, null))));

        Assert.Equal(CommandCosts.All.Select(c => (c.Key, c.Value.Points)).Order(), told.Order());
    }

    [Fact]
    public async Task A_user_has_one_budget_over_all_connections_and_another_user_another()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, Limits = new() { AddressBudget = 0 } });
        var (first, _) = await server.EnterLevel2Async(1);
        await using var owned = first;
        var (second, _) = await server.EnterLevel2Async(1, lastByte: 2);
        await using var ownedToo = second;
        var (other, _) = await server.EnterLevel2Async(2);
        await using var ownedAsWell = other;

        // 1,000 points: lists cost 10.
        Assert.Equal(100, await AnsweredAsync(first, 60) + await AnsweredAsync(second, 60));
        Assert.Equal(60, await AnsweredAsync(other, 60));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, await AnsweredAsync(first, 30));
    }

    [Fact]
    public async Task An_address_has_one_budget_whoever_is_there()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, Limits = new() { AddressBudget = 100, UserBudget = 0 } });
        var (first, _) = await server.EnterLevel2Async(1, lastByte: 7);
        await using var owned = first;
        var (second, _) = await server.EnterLevel2Async(2, lastByte: 7);
        await using var ownedToo = second;
        var (elsewhere, _) = await server.EnterLevel2Async(3, lastByte: 8);
        await using var ownedAsWell = elsewhere;

        // 500 points, of which the two logins took 30.
        Assert.Equal(47, await AnsweredAsync(first, 40) + await AnsweredAsync(second, 40));
        Assert.Equal(40, await AnsweredAsync(elsewhere, 40));
    }

    [Fact]
    public async Task To_go_and_come_back_is_no_way_to_a_new_budget()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, Limits = new() { AddressBudget = 0 } });
        var (first, login) = await server.EnterLevel2Async(1);
        await AnsweredAsync(first, 101);
        await first.DisposeAsync();

        await using var again = await server.ConnectAsync();
        await again.ComeBackAsync(login.Token);

        Assert.Equal(0, await AnsweredAsync(again, 5));
    }

    [Fact]
    public async Task Strangers_pay_by_their_address_and_a_long_frame_costs_its_reading()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, Limits = new() { AddressBudget = 10, UserBudget = 0 } });
        await using var stranger = await server.ConnectAsync(7);
        for (var i = 0; i < 50; i++)
            await stranger.SendAsync(new { type = "ping" });
        await stranger.SendAsync(new { type = "ping" });
        var answers = await stranger.CollectUntilAsync(m => m.Text("code") == "rate_limited");

        Assert.Equal(51, answers.Count);
        var (member, _) = await server.EnterLevel2Async(1, lastByte: 8);
        await using var owned = member;
        // 50 points, 15 for the login; 40 KiB are 10, and the unknown word 1.
        Assert.Equal("unknown", (await member.AskAsync("nothing", ("filler", new string('x', 41_000)))).Text("code"));
        Assert.Equal("unknown", (await member.AskAsync("nothing", ("filler", new string('x', 41_000)))).Text("code"));
        Assert.Equal("unknown", (await member.AskAsync("nothing", ("filler", new string('x', 41_000)))).Text("code"));
        Assert.Equal("rate_limited", (await member.AskAsync("nothing", ("filler", new string('x', 41_000)))).Text("code"));
    }

    [Fact]
    public async Task Without_limits_nothing_costs_anything()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });
        var (peer, _) = await server.EnterLevel2Async(1);
        await using var owned = peer;

        Assert.Equal(150, await AnsweredAsync(peer, 150));
    }

    [Fact]
    public async Task A_user_makes_ten_channels_an_hour_and_is_told_when_to_try_again()
    {
        await using var server = await LocalServer.StartAsync();
        var (peer, _) = await server.EnterLevel2Async(1);
        await using var owned = peer;
        var (other, _) = await server.EnterLevel2Async(2, lastByte: 2);
        await using var ownedToo = other;
        Assert.Equal("exists", (await MakeAsync(peer, "general")).Text("code")); // What is refused does not count.
        for (var i = 0; i < 10; i++)
            Assert.Equal("done", (await MakeAsync(peer, $"room-{i}")).Type());

        var refused = await MakeAsync(peer, "one-more");
        Assert.Equal(("rate_limited", "Too many new channels. Try again in 60 minutes."), (refused.Text("code"), refused.Text("message")));
        Assert.Equal("done", (await MakeAsync(other, "anothers")).Type());
        server.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("Too many new channels. Try again in 1 minutes.", (await MakeAsync(peer, "one-more")).Text("message"));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("done", (await MakeAsync(peer, "one-more")).Type());
    }

    [Fact]
    public async Task The_option_says_how_many_channels_an_hour()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--channels-per-hour", "1", "--bcrypt-cost", "10");
        var (peer, _) = await server.ConnectLevel2Async("alice");
        await using var owned = peer;

        Assert.Equal("done", (await MakeAsync(peer, "one")).Type());
        Assert.Equal("rate_limited", (await MakeAsync(peer, "two")).Text("code"));
    }

    [Fact]
    public void Budgets_of_those_who_went_are_kept_until_they_are_full_and_no_longer()
    {
        var clock = new FakeTimeProvider();
        var budgets = new Budgets<IPAddress>(100, clock);
        var spent = budgets.Enter(IPAddress.Loopback);
        Assert.True(spent!.TryTake(500));
        Assert.False(spent.TryTake(1));
        budgets.Leave(spent);
        for (var i = 0; i < 5_000; i++)
            budgets.Leave(budgets.Enter(new IPAddress(i + 1)));

        Assert.InRange(budgets.Count, 1, 1_001);
        Assert.False(budgets.Enter(IPAddress.Loopback)!.TryTake(1));
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(budgets.Enter(IPAddress.Loopback)!.TryTake(500));
    }

    private static Task<System.Text.Json.JsonElement> MakeAsync(RawPeer peer, string name) =>
        peer.AskAsync("channel_create", ("name", name), ("description", ""));

    private static async Task<int> AnsweredAsync(RawPeer peer, int times)
    {
        var answered = 0;
        for (var i = 0; i < times; i++)
        {
            var answer = await peer.AskAsync("channel_list");
            if (answer.Type() == "channel_info")
                answered++;
            else
                Assert.Equal(("rate_limited", "Slow down! Too many messages."), (answer.Text("code"), answer.Text("message")));
        }

        return answered;
    }

    [GeneratedRegex(@"^\| (?<points>\d+) \| (?<commands>(`\w+`(, )?)+) \|$", RegexOptions.Multiline)]
    private static partial Regex CostRow();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex CommandName();
}
