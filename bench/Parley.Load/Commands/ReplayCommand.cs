using System.CommandLine;
using Parley.Load.Replay;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary><c>replay FILE</c>: real conversation, said again by its authors, and read back line by line.</summary>
internal static class ReplayCommand
{
    private const int SampleLines = 600;
    private const int SampleNamed = 6;
    private const int SampleSeed = 20_041_115;

    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "time TAB nick TAB message|action TAB text, one line a message, UTF-8, plain or .gz.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var sample = new Option<bool>("--sample") { Description = "Play a small made-up conversation instead of a file." };
        var named = new Option<int>("--named") { Description = "The busiest nicks, who get accounts of their own.", DefaultValueFactory = _ => 200 };
        var bridges = new Option<int>("--bridges") { Description = "Accounts through which all others speak, as 'nick: text'.", DefaultValueFactory = _ => 4 };
        var window = new Option<int>("--window") { Description = "Lines of one connection that may be unacknowledged.", DefaultValueFactory = _ => 16 };
        var first = new Option<int>("--first") { Description = "Play no more than this many lines.", DefaultValueFactory = _ => int.MaxValue };
        var target = new TargetOptions();
        var command = new Command("replay", "Says a conversation again and proves that nothing of it is lost, doubled or out of order.")
        {
            file, sample, named, bridges, window, first,
        };
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var isSample = options.GetValue(sample);
                var lines = isSample
                    ? SampleTranscript.Make(SampleLines, SampleSeed)
                    : Transcript.Read(options.GetValue(file) ?? throw new ArgumentException("Name a FILE, or say --sample."));
                lines = [.. lines.Take(options.GetValue(first))];
                var cast = Cast.For(lines, isSample ? SampleNamed : options.GetValue(named), isSample ? 2 : options.GetValue(bridges));
                var ledger = new Ledger(lines, cast, Guid.NewGuid().ToString("N")[..8]);
                return await new ReplayRun(run, ledger, options.GetValue(window)).PlayAsync(stop);
            },
            cancel));
        return command;
    }
}
