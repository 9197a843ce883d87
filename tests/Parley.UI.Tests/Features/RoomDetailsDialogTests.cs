using Parley.Client.Connection;
using Parley.UI.Features.Channels;

namespace Parley.UI.Tests.Features;

public sealed class RoomDetailsDialogTests
{
    [Fact]
    public async Task How_much_of_the_log_is_on_this_computer_is_told_in_numbers()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 18_204), Given.Page(18_105, 18_204, 18_204));
        ui.Change(state => state with { Connection = new ConnectionStatus.Connected("server") });

        var dialog = ui.Render<RoomDetailsDialog>(p => p.Add(d => d.Id, Given.General));

        Assert.Contains("100 of 18,204", dialog.Markup, StringComparison.Ordinal);
        Assert.Contains("Up to date", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_nobody_says_that_it_is_up_to_date()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready(last: 3), Given.Page(1, 3, 3));
        ui.Change(state => state with { Connection = new ConnectionStatus.Reconnecting(Given.Noon.AddSeconds(8), "The connection was lost.") });

        var dialog = ui.Render<RoomDetailsDialog>(p => p.Add(d => d.Id, Given.General));

        Assert.Contains("3 of 3", dialog.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Up to date", dialog.Markup, StringComparison.Ordinal);
    }
}
