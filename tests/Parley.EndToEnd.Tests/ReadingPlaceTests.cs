using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Scrolling through a long history in a real browser: what comes in above or goes below is not felt.</summary>
public sealed class ReadingPlaceTests(Browser browser) : EndToEndTest(browser)
{
    private const int Said = 400;

    // Scrolls as a wheel does, to where older messages are asked for, and waits for them. A script that scrolls would end what the wheel has begun.
    private const string ScrollUp = """
        viewport => new Promise((resolve) => {
          const rows = () => [...viewport.querySelectorAll('[data-number]')];
          const topOf = (row) => row.getBoundingClientRect().top;
          const row = rows()[0];
          const turn = () => viewport.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
          const settled = () => requestAnimationFrame(() => {
            turn();
            if (rows()[0] === row && viewport.firstElementChild.dataset.older === 'true') { settled(); return; }
            resolve([Math.abs(topOf(row) - top), Math.abs(viewport.scrollTop - at), Number(rows()[0].dataset.number)]);
          });
          turn();
          viewport.scrollTop += topOf(row) - viewport.getBoundingClientRect().top - 20;
          const top = topOf(row);
          const at = viewport.scrollTop;
          settled();
        })
        """;

    // Whether the list comes to rest: that its messages stay the same for half a second.
    private const string ComesToRest = """
        viewport => new Promise((resolve) => {
          let changes = 0;
          let resting;
          const rest = () => { clearTimeout(resting); resting = setTimeout(() => resolve(true), 500); };
          new MutationObserver(() => { rest(); if (++changes > 60) resolve(false); }).observe(viewport.firstElementChild, { childList: true });
          viewport.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
          viewport.scrollTop -= 400;
          rest();
        })
        """;

    // Scrolls up by 100, and says before the event of it that nothing is older, as the first page of a channel does: how far the message seen moves.
    private const string ScrollAsTheFirstPageComes = """
        viewport => new Promise((resolve) => {
          const content = viewport.firstElementChild;
          const { left, top: edge } = viewport.getBoundingClientRect();
          const row = document.elementFromPoint(left + 200, edge + 100).closest('[data-number]');
          const top = row.getBoundingClientRect().top;
          viewport.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
          viewport.scrollTop -= 100;
          content.dataset.older = 'false';
          content.append(document.createComment('new'));
          content.lastChild.remove();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(row.getBoundingClientRect().top - top)));
        })
        """;

    [Fact]
    public async Task Older_messages_come_in_above_and_the_list_neither_moves_nor_sticks_up_to_the_beginning()
    {
        var alice = await ComeAsync("alice");
        await SayMuchAsync();
        await Expect(alice.Said($"text {Said}").First).ToBeVisibleAsync();

        var rounds = 0;
        while (await ScrollUpAsync(alice) > 1)
            Assert.InRange(++rounds, 1, Said);

        Assert.InRange(rounds, 2, Said);
        Assert.Equal(0, await alice.Log.EvaluateAsync<double>("viewport => { viewport.scrollTop = 0; return viewport.scrollTop; }"));
        await Expect(alice.Said("text 1").First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Scrolling_counts_although_the_first_page_comes_before_its_event()
    {
        var alice = await ComeAsync("alice");
        await SayMuchAsync();
        await Expect(alice.Said($"text {Said}").First).ToBeVisibleAsync();
        await alice.Log.EvaluateAsync("viewport => { viewport.scrollTop -= 500; }");
        await Expect(alice.Said($"text {Said - 25}").First).ToBeInViewportAsync();

        var moved = await alice.Log.EvaluateAsync<double>(ScrollAsTheFirstPageComes);

        Assert.InRange(moved, 99, 101);
    }

    [Fact]
    public async Task A_very_tall_window_comes_to_rest()
    {
        var alice = await ComeAsync("alice", 1_200, 4_000);
        await SayMuchAsync();
        await Expect(alice.Said($"text {Said}").First).ToBeVisibleAsync();

        for (var i = 0; i < 5; i++)
            Assert.True(await alice.Log.EvaluateAsync<bool>(ComesToRest));
    }

    // The first message of the page afterwards.
    private static async Task<double> ScrollUpAsync(Person person)
    {
        var found = await person.Log.EvaluateAsync<double[]>(ScrollUp);
        var (moved, scrolled, first) = (found[0], found[1], found[2]);
        Assert.InRange(moved, 0, 1);
        if (first > 1)
            Assert.Equal(0, scrolled);
        return first;
    }

    private async Task SayMuchAsync()
    {
        var (bob, login) = await Server.ConnectLevel2Async("bob");
        await using (bob)
        {
            for (var i = 1; i <= Said; i++)
                await bob.SayAsync(login.ChannelId("general"), $"text {i}");
        }
    }
}
