namespace Parley.Server.Maintenance;

/// <summary>What a check found.</summary>
/// <param name="Findings">What is wrong, a line each; empty where nothing is.</param>
/// <param name="Summary">What was looked at.</param>
internal sealed record CheckReport(IReadOnlyList<string> Findings, string Summary);
