namespace Parley.EndToEnd.Tests.Windows;

/// <summary>Stands where the person's own browser does: it writes down what it is asked to open.</summary>
internal static class FakeBrowser
{
    private const string Entry = """
        [Desktop Entry]
        Type=Application
        Name=Fake browser
        Exec=sh PROGRAM %u
        MimeType=x-scheme-handler/http;x-scheme-handler/https;x-scheme-handler/mailto;
        """;

    private const string Defaults = """
        [Default Applications]
        x-scheme-handler/http=fake-browser.desktop
        x-scheme-handler/https=fake-browser.desktop
        x-scheme-handler/mailto=fake-browser.desktop
        """;

    /// <summary>Makes it the browser of those whose data folder this is.</summary>
    /// <returns>The file where each line is an address that was opened.</returns>
    public static async Task<string> InstallAsync(TempFolder data)
    {
        var (program, opened) = (data["fake-browser"], data["opened"]);
        Directory.CreateDirectory(data["applications"]);
        await File.WriteAllTextAsync(program, $"printf '%s\\n' \"$1\" >> '{opened}'\n");
        await File.WriteAllTextAsync(data["applications", "fake-browser.desktop"], Entry.Replace("PROGRAM", program, StringComparison.Ordinal));
        await File.WriteAllTextAsync(data["applications", "mimeapps.list"], Defaults);
        return opened;
    }
}
