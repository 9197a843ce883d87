using System.Globalization;
using Microsoft.AspNetCore.Components.Rendering;
using Parley.Client.State;
using Parley.UI.State;

namespace Parley.UI.Tests.State;

public sealed class StateComponentTests
{
    [Fact]
    public async Task A_stream_of_changes_is_drawn_ten_times_a_second_and_what_comes_after_a_rest_at_once()
    {
        await using var ui = new UiContext();
        var view = ui.Render<EpochView>();
        var before = view.RenderCount;
        for (var i = 1; i <= 100; i++)
        {
            Become(i);
            ui.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        ui.Time.Advance(TimeSpan.FromSeconds(1));
        view.WaitForAssertion(() => Assert.Equal("100", view.Markup));
        Assert.InRange(view.RenderCount - before, 1, 14);

        ui.Time.Advance(TimeSpan.FromSeconds(1));
        Become(101);
        view.WaitForAssertion(() => Assert.Equal("101", view.Markup));

        void Become(int epoch) => ui.Change(state => state with { Epoch = epoch.ToString(CultureInfo.InvariantCulture) });
    }

    [Fact]
    public async Task What_waits_for_more_is_drawn_with_what_there_is()
    {
        await using var ui = new UiContext();
        ui.Change(state => state with { Epoch = "now" });

        Assert.Equal("now", ui.Render<WaitingView>().Markup);
    }

    private sealed class WaitingView : StateComponent<string>
    {
        protected override Task OnInitializedAsync() => new TaskCompletionSource().Task;

        protected override string Select(ChatState state) => state.Epoch ?? "";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Slice ?? "nothing yet");
    }

    private sealed class EpochView : StateComponent<string>
    {
        protected override string Select(ChatState state) => state.Epoch ?? "";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Slice);
    }
}
