using System.Globalization;
using Parley.Client.Connection;
using Parley.Testing;
using Parley.WindowBench.Measuring;

namespace Parley.WindowBench;

/// <summary>All that is measured, one after the other, on a fresh server with a filled channel and a fresh profile.</summary>
internal static class BenchRun
{
    internal static async Task<Figures> MeasureAsync(Options options)
    {
        var figures = new Figures();
        figures.Add("load_before", double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture));
        var conversation = Conversation.Read(options.Conversation);
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var address = new ServerAddress(server.Host, server.Port, UseTls: false);
        var session = await Talker.AccountAsync(address, "reader");
        var channel = await ChannelFill.WriteAsync(server, conversation);
        figures.Add("messages_in_channel", channel.Count);

        await using var talker = await Talker.ComeAsync(address, "talker", conversation);
        await talker.MakeChannelsAsync(9);
        using var data = new TempFolder();
        await using var screen = await Screen.StartAsync(data.Path);
        await using var desktop = await Desktop.PrepareAsync(options.Program, screen, data.Path, address, session);
        if (options.Wants("start"))
            await Start.MeasureAsync(desktop, figures);
        if (options.Wants("traffic"))
            await Traffic.MeasureAsync(desktop, screen, talker, options, figures);
        if (options.Wants("scroll") || options.Wants("jump") || options.Wants("keys"))
            await MeasurePageAsync(options, screen, desktop, talker, channel, figures);
        return figures;
    }

    private static async Task MeasurePageAsync(Options options, Screen screen, Desktop desktop, Talker talker, ChannelFill.Filled channel, Figures figures)
    {
        await desktop.CloseAsync();
        await using var page = await Page.OpenAsync(screen, await desktop.ServeAsync());
        await page.UntilAsync("return !!document.querySelector('[data-number]')");
        if (options.Wants("scroll"))
            await Scrolling.MeasureAsync(page, screen, figures);
        if (options.Wants("jump"))
            await Jumps.MeasureAsync(page, channel, figures);
        if (options.Wants("keys"))
            await Keystrokes.MeasureAsync(page, screen, talker, figures);
    }
}
