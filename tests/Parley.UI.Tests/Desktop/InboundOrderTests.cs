using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Parley.Desktop.Hosting;

namespace Parley.UI.Tests.Desktop;

/// <summary>What the page says, with a renderer's own dispatcher.</summary>
public sealed class InboundOrderTests
{
    private readonly Dispatcher _dispatcher = Dispatcher.CreateDefault();
    private readonly InboundOrder _order = new();
    private readonly List<string> _entered = [];

    [Fact]
    public async Task Before_there_is_an_interface_what_the_page_says_comes_in_at_once()
    {
        await SayAsync("hello", expectAccess: false);

        Assert.Equal(["hello"], _entered);
    }

    [Fact]
    public async Task What_the_page_says_comes_in_behind_what_the_renderer_has_to_do()
    {
        using var drawn = new ManualResetEventSlim();
        var drawing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _order.EnterBy(_dispatcher.InvokeAsync);
        var first = Task.Run(() => _dispatcher.InvokeAsync(() =>
        {
            drawing.SetResult();
            Assert.True(drawn.Wait(Deadline.Default));
        }));
        await drawing.Task.WaitAsync(Deadline.Default);

        var second = _dispatcher.InvokeAsync(() => _entered.Add("the renderer's own"));
        var third = SayAsync("an event", expectAccess: true);
        var fourth = SayAsync("an acknowledgement", expectAccess: true);
        Assert.Empty(_entered);
        drawn.Set();
        await Task.WhenAll(first, second, third, fourth);

        Assert.Equal(["the renderer's own", "an event", "an acknowledgement"], _entered);
    }

    // The order does not look at what is said.
    private Task SayAsync(string what, bool expectAccess) => _order.CreateInboundActivityHandler(_ =>
    {
        Assert.Equal(expectAccess, _dispatcher.CheckAccess());
        _entered.Add(what);
        return Task.CompletedTask;
    })((CircuitInboundActivityContext)null!);
}
