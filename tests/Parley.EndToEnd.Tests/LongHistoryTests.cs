using System.Globalization;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>A conversation that is longer than what a page, or a client's memory, holds of it.</summary>
public sealed class LongHistoryTests(Browser browser) : EndToEndTest(browser)
{
    // Twice what a desktop keeps in memory.
    private const int Count = 4_000;

    private const int MostInPage = 240;

    [Fact]
    public async Task Thousands_of_messages_are_read_up_and_down_without_a_gap_and_the_page_stays_small()
    {
        await ServerStore.ChangeAsync(Server, store =>
        {
            var bob = store.AddUser("bob");
            for (var i = 1; i <= Count; i++)
                store.Say(ServerStore.General, bob, string.Create(CultureInfo.InvariantCulture, $"line {i}."), DateTimeOffset.UtcNow.AddSeconds(i - Count));
        });
        var alice = await ComeAsync("alice");
        await Expect(alice.Said($"line {Count}.")).ToBeVisibleAsync();

        ExpectAllInOrder(await ReadAsync(alice, up: true));
        ExpectAllInOrder(await ReadAsync(alice, up: false)); // What was let go of on the way up is fetched again.

        await Expect(alice.Said($"line {Count}.")).ToBeInViewportAsync();
        await Expect(alice.Button("Jump to present")).ToHaveCountAsync(0);

        static void ExpectAllInOrder(string[] read)
        {
            Assert.Equal("", read[0]);
            Assert.Equal(Count, int.Parse(read[1], CultureInfo.InvariantCulture));
            Assert.InRange(int.Parse(read[2], CultureInfo.InvariantCulture), 1, MostInPage);
        }
    }

    [Fact]
    public async Task A_date_is_jumped_to_by_keyboard_and_the_present_is_one_press_away()
    {
        var today = DateOnly.FromDateTime(DateTime.Now);
        var day = today.AddDays(-20);
        await ServerStore.ChangeAsync(Server, store =>
        {
            var bob = store.AddUser("bob");
            for (var ago = 40; ago >= 1; ago--)
            {
                var noon = new DateTimeOffset(today.AddDays(-ago).ToDateTime(new TimeOnly(12, 0)));
                for (var i = 1; i <= 30; i++)
                    store.Say(ServerStore.General, bob, string.Create(CultureInfo.InvariantCulture, $"{ago} days ago, {i}."), noon.AddSeconds(i));
            }
        });
        var alice = await ComeAsync("alice");
        await Expect(alice.Said("1 days ago, 30.")).ToBeInViewportAsync();
        var jump = alice.Dialog("Jump to a date");

        await alice.Button("Jump to a date").FocusAsync();
        await alice.Page.Keyboard.PressAsync("Enter");
        await Expect(jump.GetByRole(AriaRole.Button).First).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Button("Jump to a date")).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Enter");
        Assert.False(await jump.EvaluateAsync<bool>("popover => popover.scrollWidth > popover.clientWidth"), "Something of it is cut off.");
        await jump.GetByLabel("Date").FillAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await alice.Page.Keyboard.PressAsync("Enter");

        await Expect(jump).ToHaveCountAsync(0);
        await Expect(alice.Said("20 days ago, 1.").First).ToBeInViewportAsync();
        await Expect(alice.Said("21 days ago, 30.")).ToBeInViewportAsync(); // What came before it stands above it.
        await Expect(alice.Said("20 days ago, 1.").First).ToHaveAttributeAsync("data-number", "601");

        await alice.Button("Jump to present").FocusAsync();
        await alice.Page.Keyboard.PressAsync("Enter");

        await Expect(alice.Said("1 days ago, 30.").Last).ToBeInViewportAsync();
        await Expect(alice.Button("Jump to present")).ToHaveCountAsync(0);
        await Expect(alice.Composer).ToBeFocusedAsync(); // The button is gone: one goes on writing.
    }

    // Less than a view at a time, so that every message is before the reader's eyes at some time. Gives what is wrong, how many were seen, and the most rows
    // that the page had.
    private static Task<string[]> ReadAsync(Person reader, bool up) =>
        reader.Page.EvaluateAsync<string[]>(
            """
            async ({ up, count, deadline }) => {
              const list = document.querySelector('[role=log]');
              const seen = new Set();
              const began = performance.now();
              let most = 0;
              let wrong = '';
              while (wrong === '') {
                const view = list.getBoundingClientRect();
                const rows = [...list.querySelectorAll('[data-number]')];
                most = Math.max(most, rows.length);
                rows.forEach((row, i) => {
                  const number = Number(row.dataset.number);
                  if (i > 0 && number !== Number(rows[i - 1].dataset.number) + 1) wrong ||= `${number} stands below ${rows[i - 1].dataset.number}`;
                  if (row.querySelector('.text').textContent !== `line ${number}.`) wrong ||= `${number} says ${row.textContent}`;
                  const { top, bottom } = row.getBoundingClientRect();
                  if (bottom > view.top && top < view.bottom) seen.add(number);
                });
                const last = list.scrollHeight - list.clientHeight - list.scrollTop <= 1;
                if (up ? list.scrollTop === 0 && seen.has(1) : last && seen.has(count)) break;
                if (performance.now() - began > deadline) wrong = `still at ${rows[0]?.dataset.number} with ${seen.size} seen`;
                list.scrollTop += (up ? -0.6 : 0.6) * list.clientHeight;
                await new Promise((drawn) => requestAnimationFrame(drawn));
              }
              return [wrong, String(seen.size), String(most)];
            }
            """,
            new { up, count = Count, deadline = 2 * Deadline.Default.TotalMilliseconds });
}
