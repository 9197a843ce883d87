using System.Diagnostics;
using System.Globalization;
using Parley.Protocol.Text;

namespace Parley.Benchmarks;

/// <summary>
/// The grammar of messages under load: random messages of an alphabet of markup, whose leaves must be the source each time, and the time that the worst
/// messages of 2,000 characters take. <c>dotnet run -c Release --project bench/Parley.Benchmarks -- text [MESSAGES]</c>
/// </summary>
internal static class ChatTextRun
{
    private const int Messages = 10_000_000;
    private const int LongestMessage = 2_000;
    private const int Rounds = 200;

    private static readonly string[] Markup =
    [
        "q", "é", "漢", "1", " ", "\n", "\n\n", "*", "**", "***", "_", "__", "~~", "||", "|", "`", "``", "```", "```js\n", "> ", ">", ">>> ", "- ", "1. ", "# ",
        "-# ", "[", "]", "(", ")", "](http://a.b)",
        "<", ">", "\\", ":", ":smile:", "@bob", "#general", "http://a.b/", "https://u@h/", "www.a.b", "<t:1:R>", "<https://a.b>", ".", ",", "\"", "，",
        "\u0301", "\u200b", "\ud83d", "🎉", "\0",
    ];

    internal static int Run(string[] args)
    {
        var messages = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Messages;
        Worst();
        var began = Stopwatch.GetTimestamp();
        var wrong = 0;
        Parallel.For(0, messages, round =>
        {
            var random = new Random(round);
            var typed = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => Markup[random.Next(Markup.Length)]));
            if (!IsWhole(ChatText.Parse(typed)) && Interlocked.Increment(ref wrong) == 1)
                Console.WriteLine($"Seed {round} loses a sign: {typed}");
        });
        Console.WriteLine($"{messages:N0} random messages in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s, {wrong:N0} of them wrong");
        return wrong == 0 ? 0 : 1;
    }

    // Each sign of the alphabet, alone and before each other, up to the longest message.
    private static void Worst()
    {
        var worst = (Milliseconds: 0.0, Unit: "");
        foreach (var unit in Markup.Concat(Markup.SelectMany(_ => Markup, (one, other) => one + other)))
        {
            var typed = string.Concat(Enumerable.Repeat(unit, LongestMessage / unit.Length + 1))[..LongestMessage];
            var best = double.MaxValue;
            for (var round = 0; round < Rounds / 10; round++)
            {
                var began = Stopwatch.GetTimestamp();
                ChatText.Parse(typed);
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            if (best > worst.Milliseconds)
                worst = (best, unit);
        }

        Console.WriteLine($"{LongestMessage:N0} characters of the worst, '{worst.Unit.Replace("\n", "\\n", StringComparison.Ordinal)}' again and again: " +
            $"{worst.Milliseconds:N3} ms");
    }

    private static bool IsWhole(ChatText text)
    {
        var at = 0;
        foreach (var leaf in text.Leaves)
        {
            if (leaf.Start != at || leaf.End <= at)
                return false;
            at = leaf.End;
        }

        return at == text.Source.Length;
    }
}
