using System.Diagnostics;
using System.Globalization;

namespace Parley.EndToEnd.Tests.Windows;

/// <summary>The process of the page in a window around WebKitGTK: a child of the desktop's.</summary>
internal static class PageProcess
{
    /// <summary>Those of one desktop; mostly one. The caller disposes of them.</summary>
    public static IEnumerable<Process> Of(int desktop)
    {
        foreach (var page in Process.GetProcessesByName("WebKitWebProcess"))
        {
            if (ParentOf(page.Id) == desktop)
                yield return page;
            else
                page.Dispose();
        }
    }

    /// <summary>Keeps the page from doing anything, as a busy machine does, until what is returned is disposed of.</summary>
    public static IDisposable Pause(int desktop)
    {
        var pause = new Paused();
        foreach (var page in Of(desktop))
        {
            using (page)
                pause.Add(page.Id);
        }

        return pause;
    }

    // "1234 (WebKitWebProces) S 1230 ..."
    private static int ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It has ended in this moment.
        }
    }

    private sealed class Paused : IDisposable
    {
        private readonly List<int> _pages = [];

        public void Add(int page)
        {
            Assert.True(ChildProcess.Signal(page, PosixSignalNumber.Stop));
            _pages.Add(page);
        }

        public void Dispose()
        {
            foreach (var page in _pages)
                ChildProcess.Signal(page, PosixSignalNumber.Continue);
        }
    }
}
