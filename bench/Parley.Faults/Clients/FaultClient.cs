using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Native;
using Parley.Faults.Chaos;
using Parley.Protocol.Wire;

namespace Parley.Faults.Clients;

/// <summary>
/// A person with the real client library, in a process that may die at any moment: talks, listens, and writes down what happened. A new life reads the
/// journal of the last one and goes on.
/// </summary>
internal sealed partial class FaultClient : IAsyncDisposable
{
    private const string Password = "fault-machine";
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    private readonly string _name;
    private readonly string _sessionPath;
    private readonly string[] _others;
    private readonly Dice _dice;
    private readonly Journal _journal;
    private readonly Recorder _recorder;
    private readonly ChangeTraffic _changes;
    private readonly ChatClient _client;
    private readonly int _life;

    public FaultClient(string folder, string name, string[] others, int port, int seed)
    {
        var path = Path.Combine(folder, $"{name}.journal");
        _name = name;
        _others = others;
        _sessionPath = Path.Combine(folder, $"{name}.session");
        _life = Journal.Read(path).Count(l => l.Kind == "life") + 1;
        _dice = new Dice(seed + _life);
        var before = Journal.Read(path).ToList();
        _journal = new Journal(path);
        var options = NativeClientOptions.Create(Path.Combine(folder, $"{name}.mirror"));
        options = options with { CatchUpLimit = int.MaxValue, Wire = new RecordedWire(options.Wire, _journal) };
        _client = new ChatClient(new ServerAddress("127.0.0.1", port, UseTls: false), options);
        _recorder = new Recorder(_client, _journal, before);
        _changes = new ChangeTraffic(_client, _journal, _dice, name);
        _journal.Write(new JournalLine("life"));
    }

    /// <summary>The word that each text begins with, and no other text.</summary>
    [System.Text.RegularExpressions.GeneratedRegex("client[0-9]+-[0-9]{4}-[0-9]{6}")]
    internal static partial System.Text.RegularExpressions.Regex FirstWord();

    /// <summary>Talks until it is told to stop, then sees that everything it said is settled and everything that was said is seen.</summary>
    public async Task LiveAsync(Task stopTalking, Task<long> everything, Action drained, CancellationToken cancel)
    {
        await EnterAsync(cancel);
        var count = 0;
        while (!stopTalking.IsCompleted)
        {
            await TendAsync(cancel);
            if (_client.Store.State.Channels is [var channel, ..])
                await (_dice.Chance(0.3) ? _changes.ChangeAsync(channel.Id, NextText(++count), cancel) : SayAsync(channel.Id, NextText(++count), cancel));
            await Task.WhenAny(stopTalking, Task.Delay(_dice.Between(10, 100), cancel));
        }

        while (_client.Store.State.Outbox.Values.Any(p => p.Length > 0))
        {
            await TendAsync(cancel);
            await Task.Delay(Breath, cancel);
        }

        drained();
        var last = await everything.WaitAsync(cancel);
        while (!_recorder.HasAll(last))
        {
            await TendAsync(cancel);
            await _recorder.FetchAsync(cancel);
            await Task.Delay(Breath, cancel);
        }

        await _changes.ShowAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _recorder.Dispose();
        _journal.Dispose();
    }

    private async Task EnterAsync(CancellationToken cancel)
    {
        if (File.Exists(_sessionPath))
        {
            await _client.ResumeAsync(new Session(await File.ReadAllTextAsync(_sessionPath, cancel), _name), cancel);
            return;
        }

        var isNew = true;
        while (true)
        {
            var result = isNew ? await _client.RegisterAsync(_name, Password, cancel) : await _client.LogInAsync(_name, Password, cancel);
            if (result is LogInResult.LoggedIn { Session: var session })
            {
                await File.WriteAllTextAsync(_sessionPath, session.Token, cancel);
                return;
            }

            // The account may have been made in the moment in which the answer was lost.
            isNew = result is LogInResult.Refused { Message: "Username already taken." } ? false : result is not LogInResult.Refused || isNew;
            await Task.Delay(Breath, cancel);
        }
    }

    private string NextText(int count) => $"{_name}-{_life:D4}-{count:D6} {new string('é', _dice.Next(200))}👋";

    private async Task SayAsync(ChannelId channel, string text, CancellationToken cancel)
    {
        _journal.Write(new JournalLine("say") { Text = text });
        if (_others.Length > 0 && _dice.Chance(0.1))
        {
            try
            {
                var told = await _client.SayPrivatelyAsync(_others[_dice.Next(_others.Length)], text, cancel);
                if (told.TryGet(out _, out _))
                    _journal.Write(new JournalLine("said") { Text = text });
            }
            catch (ConnectionLostException)
            {
                // There is no conversation with that person yet, and no connection: nothing was said.
            }

            return;
        }

        var kind = _dice.Chance(0.1) ? MessageKind.Action : MessageKind.Message;
        var answer = await _client.SayAsync(channel, kind, text, cancel);
        if (answer.TryGet(out var nonce, out _))
            _journal.Write(new JournalLine("said") { Text = text, Nonce = nonce });
    }

    // What a person does who does not give up: tries again what failed, and does not wait out the longest delays.
    private async Task TendAsync(CancellationToken cancel)
    {
        var state = _client.Store.State;
        if (state.Connection is ConnectionStatus.Reconnecting)
            _client.RetryNow();
        foreach (var failed in state.Outbox.Values.SelectMany(p => p).OfType<PendingMessage>().Where(m => m.State == PendingState.Failed))
            _client.Retry(failed.Nonce);
        await _changes.GiveUpAsync(cancel);
    }
}
