using System.Globalization;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>What the command line asked for.</summary>
/// <param name="Program">The desktop to be measured: a published executable, or the built assembly.</param>
/// <param name="Conversation">What the channel is filled with; null for a made-up one.</param>
/// <param name="Messages">How many arrive while the window is open.</param>
/// <param name="Rate">How many of them in a second.</param>
/// <param name="Switches">How often another channel comes into view after that.</param>
/// <param name="IdleSeconds">How long the window is left alone after that.</param>
/// <param name="Runs">How often all is measured.</param>
/// <param name="Parts">What is measured, see <see cref="AllParts"/>.</param>
internal sealed record Options(
    string Program, string? Conversation, int Messages, int Rate, int Switches, int IdleSeconds, int Runs, IReadOnlyList<string> Parts)
{
    internal const string Usage = """
        Usage: parley-window-bench [--program PATH] [--conversation FILE] [--messages N] [--rate N] [--switches N] [--idle SECONDS] [--runs N] [--only PART,PART]
        Parts: start, traffic (in the desktop's own window), scroll, jump, keys (in a page of WebKitGTK that can be asked).
        """;

    internal static readonly string[] AllParts = ["start", "traffic", "scroll", "jump", "keys"];

    /// <summary>Reads them; null where they are not understood.</summary>
    internal static Options? Parse(string[] args)
    {
        var pairs = args.Chunk(2).ToList();
        string[] known = ["--program", "--conversation", "--messages", "--rate", "--switches", "--idle", "--runs", "--only"];
        if (pairs.Exists(pair => pair.Length != 2 || !known.Contains(pair[0])))
            return null;
        var given = pairs.ToDictionary(pair => pair[0], pair => pair[1]);
        var parts = given.TryGetValue("--only", out var only) ? only.Split(',') : AllParts;
        if (parts.Except(AllParts).Any())
            return null;
        return new Options(
            Path.GetFullPath(given.GetValueOrDefault("--program", Repository.BuiltAssembly("Parley.Desktop", "parley.dll"))),
            given.GetValueOrDefault("--conversation"),
            Number("--messages", 20_000),
            Number("--rate", 200),
            Number("--switches", 200),
            Number("--idle", 60),
            Number("--runs", 1),
            parts);

        int Number(string name, int otherwise) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }

    internal bool Wants(string part) => Parts.Contains(part);
}
