using Microsoft.JSInterop;
using Parley.Desktop.Hosting;
using Parley.UI.Interop;

namespace Parley.UI.Tests.Desktop;

public sealed class OpenPagesTests
{
    [Fact]
    public async Task At_the_end_no_page_shows_anything_neither_one_that_is_open_nor_one_that_comes_late()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(), Given.Live(1));
        var (one, two) = (ui.Render<OrderedRoot>(), ui.Render<OrderedRoot>());
        Assert.Contains("text 1", one.Markup, StringComparison.Ordinal);

        await ui.Pages.EmptyAsync();

        Assert.Equal("", one.Markup.Trim());
        Assert.Equal("", two.Markup.Trim());
        Assert.Equal("", ui.Render<OrderedRoot>().Markup.Trim());
    }

    [Fact]
    public async Task A_page_that_hangs_does_not_keep_the_program()
    {
        OpenPages pages = new();
        Assert.True(pages.Add(() => new TaskCompletionSource().Task));

        await pages.EmptyAsync().WaitAsync(Deadline.Default, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_module_that_never_came_is_no_trouble_at_the_end_and_is_before()
    {
        DomModule module = new(new LostPage(), "./lost.js");

        await Assert.ThrowsAsync<JSException>(() => module.InvokeVoidAsync("attach").AsTask());
        await module.DisposeAsync();
        await module.InvokeVoidAsync("attach");
    }

    // A page whose program has stopped answering.
    private sealed class LostPage : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            ValueTask.FromException<TValue>(new JSException("Failed to fetch"));

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            ValueTask.FromException<TValue>(new JSException("Failed to fetch"));
    }
}
