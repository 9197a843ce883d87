using System.Text.RegularExpressions;

namespace Parley.Faults.Checking;

/// <summary>
/// Reads what strace wrote of a server that was asked for one message at a time: between the last write to the database's log and the acknowledgement
/// there must be a finished sync of it. Killing the process cannot show this, since the kernel keeps what was written.
/// </summary>
internal sealed partial class SyncTrace
{
    private readonly Dictionary<string, string> _syncing = [];
    private bool _isUnsynced;

    public int Writes { get; private set; }

    public int Syncs { get; private set; }

    public int Acknowledgements { get; private set; }

    public int UnsyncedAcknowledgements { get; private set; }

    public void Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Take(line);
    }

    private void Take(string line)
    {
        var match = Call().Match(line);
        if (!match.Success)
            return;
        var (process, name, rest) = (match.Groups["pid"].Value, match.Groups["name"].Value, match.Groups["rest"].Value);
        if (name is "pwrite64" or "write" or "pwritev" && rest.Contains("-wal>", StringComparison.Ordinal))
        {
            Writes++;
            _isUnsynced = true;
        }
        else if (name is "fdatasync" or "fsync")
        {
            TakeSync(process, rest, match.Groups["resumed"].Success);
        }
        else if (name is "sendto" or "sendmsg" && rest.Contains("\\\"type\\\":\\\"ack\\\"", StringComparison.Ordinal))
        {
            Acknowledgements++;
            if (_isUnsynced)
                UnsyncedAcknowledgements++;
        }
    }

    // A sync counts when it is over; strace shows one that others overlap in two lines.
    private void TakeSync(string process, string rest, bool isResumed)
    {
        var what = isResumed ? _syncing.GetValueOrDefault(process, "") : rest;
        if (rest.Contains("<unfinished", StringComparison.Ordinal))
        {
            _syncing[process] = rest;
            return;
        }

        if (!what.Contains("-wal>", StringComparison.Ordinal))
            return;
        Syncs++;
        _isUnsynced = false;
    }

    [GeneratedRegex(@"^(?<pid>\d+)\s+(?<resumed><\.\.\. )?(?<name>\w+)(?<rest>.*)$")]
    private static partial Regex Call();
}
