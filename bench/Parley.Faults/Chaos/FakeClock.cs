using System.Diagnostics;

namespace Parley.Faults.Chaos;

/// <summary>Sets the server's wall clock while it runs, and nobody else's: by a shim that is compiled for the run (shim/clock.c).</summary>
internal sealed class FakeClock
{
    private readonly string _library;
    private readonly string _file;

    private FakeClock(string library, string file)
    {
        _library = library;
        _file = file;
        Set(TimeSpan.Zero);
    }

    /// <summary>What the server's process needs.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["LD_PRELOAD"] = _library, ["PARLEY_FAULTS_CLOCK"] = _file };

    /// <summary>Null where there is no C compiler.</summary>
    public static FakeClock? TryBuild(string folder)
    {
        var library = Path.Combine(folder, "clock.so");
        var start = new ProcessStartInfo("cc", ["-O2", "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "shim", "clock.c")]);
        try
        {
            using var compiler = Process.Start(start);
            compiler?.WaitForExit();
            return compiler?.ExitCode == 0 ? new FakeClock(library, Path.Combine(folder, "clock")) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>From now on the clock differs by so much. The file is replaced, never half written.</summary>
    public void Set(TimeSpan offset)
    {
        File.WriteAllText(_file + ".new", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{offset.TotalSeconds:0}\n"));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
