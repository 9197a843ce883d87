using Parley.Desktop.Installation;

namespace Parley.UI.Tests.Desktop;

public sealed class DesktopEntryTests
{
    [Fact]
    public void The_entry_has_the_keys_that_a_desktop_needs_and_names_the_window()
    {
        var lines = DesktopEntry.Text("/opt/parley/parley").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var keys = lines.Skip(1).Select(l => l.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal("[Desktop Entry]", lines[0]);
        Assert.Equal(
            ("Application", "Parley", "parley", "parley", "false"), (keys["Type"], keys["Name"], keys["Icon"], keys["StartupWMClass"], keys["Terminal"]));
        Assert.All(["Categories", "Keywords"], list => Assert.EndsWith(";", keys[list], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/opt/parley/parley", "\"/opt/parley/parley\"")]
    [InlineData("/opt/my $chat/100%/parley", "\"/opt/my \\\\$chat/100%%/parley\"")]
    [InlineData("/opt/a\\b/parley", "\"/opt/a\\\\\\\\b/parley\"")]
    public void A_program_s_path_is_quoted_as_the_specification_says(string program, string exec) =>
        Assert.Contains($"\nExec={exec}\n", DesktopEntry.Text(program), StringComparison.Ordinal);
}
