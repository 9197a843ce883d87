using System.Text;
using System.Text.Json;
using Parley.Faults.Chaos;
using Parley.Faults.Checking;
using Parley.Faults.Witnesses;

namespace Parley.Faults.Running;

/// <summary>What a run has shown: one JSON line.</summary>
internal sealed record Verdict(
    MachineOptions Options,
    TimeSpan Time,
    FaultCounts Faults,
    Checker Checker,
    ChangeChecker Changes,
    StoredLog Stored,
    Witness[] Witnesses,
    SyncTrace? Sync,
    Findings Findings,
    List<string> Skipped)
{
    private static readonly string[] FaultNames =
        ["server_kills", "client_kills", "cuts", "resets", "halves", "stalls", "delays", "database_locks", "disk_full", "clock_set_back", "freezes"];

    /// <summary>Whether every promise was kept, and every fault could be made.</summary>
    public bool IsKept => Findings.IsEmpty;

    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("verdict", IsKept ? "kept" : "broken");
            json.WriteNumber("seed", Options.Seed);
            json.WriteNumber("seconds", Math.Round(Time.TotalSeconds));
            json.WriteNumber("clients", Options.Clients);
            json.WriteNumber("witnesses", Options.Witnesses);
            foreach (var fault in FaultNames)
                json.WriteNumber(fault, Faults.Of(fault));
            json.WriteNumber("said", Checker.SaidCount);
            json.WriteNumber("acknowledgements_recorded", Checker.AcknowledgedCount);
            json.WriteNumber("stored", Stored.MessageCount);
            json.WriteNumber("unknown_but_stored", Checker.UnknownStoredCount);
            json.WriteNumber("unknown_and_not_stored", Checker.UnknownNotStoredCount);
            json.WriteNumber("changes_taken", Changes.ChangeCount);
            json.WriteNumber("deleted", Changes.DeletedCount);
            json.WriteNumber("seen_by_clients", Checker.SeenCount);
            json.WriteNumber("witness_connections", Witnesses.Sum(w => w.ConnectionCount));
            json.WriteNumber("seen_by_witnesses", Witnesses.Sum(w => w.SeenCount));
            json.WriteNumber("acknowledgements_traced", Sync?.Acknowledgements ?? 0);
            foreach (var (kind, count) in Findings.Counts)
                json.WriteNumber(kind, count);
            json.WriteStartArray("skipped");
            foreach (var what in Skipped)
                json.WriteStringValue(what);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
