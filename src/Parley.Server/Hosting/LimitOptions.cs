using System.CommandLine;
using System.Globalization;
using Parley.Server.Limits;

namespace Parley.Server.Hosting;

/// <summary>The options of what one user, one address and one connection may do (docs/protocol.md, "Limits"). 0 lifts a limit.</summary>
internal static class LimitOptions
{
    private const long Mebibyte = 1024 * 1024;

    // Five times as much is still a number of this kind.
    private const int Most = 100_000_000;

    private static readonly ServerLimits Default = new();

    private static readonly Option<int> MessageRate = New("--message-rate", "Messages a second for each user", Default.MessagesPerSecond);
    private static readonly Option<int> ChangeRate = New("--change-rate", "Edits, deletions and reactions a second for each user", Default.ChangesPerSecond);
    private static readonly Option<int> UserBudget = New("--user-budget", "Points a second that the commands of one user may cost", Default.UserBudget);
    private static readonly Option<int> AddressBudget = New("--address-budget", "Points a second that the commands of one address may cost", Default.AddressBudget);
    private static readonly Option<int> Connections = New("--connections-per-address", "Connections of one address", Default.ConnectionsPerAddress);
    private static readonly Option<int> Channels = New("--channels-per-hour", "New channels an hour for each user", Default.ChannelsPerHour);
    private static readonly Option<int> Registrations = New("--registrations-per-hour", "New accounts an hour for each address", Default.RegistrationsPerHour);
    private static readonly Option<int> Waiting = New("--waiting-mib", "MiB that may wait for connections that are behind, all together", (int)(Default.WaitingBytes / Mebibyte));

    public static IEnumerable<Option> All => [MessageRate, ChangeRate, UserBudget, AddressBudget, Connections, Channels, Registrations, Waiting];

    public static ServerLimits Read(ParseResult parsed) => new()
    {
        MessagesPerSecond = parsed.GetValue(MessageRate),
        ChangesPerSecond = parsed.GetValue(ChangeRate),
        UserBudget = parsed.GetValue(UserBudget),
        AddressBudget = parsed.GetValue(AddressBudget),
        ConnectionsPerAddress = parsed.GetValue(Connections),
        ChannelsPerHour = parsed.GetValue(Channels),
        RegistrationsPerHour = parsed.GetValue(Registrations),
        WaitingBytes = parsed.GetValue(Waiting) * Mebibyte,
    };

    private static Option<int> New(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = $"{description}; 0 = no limit.", DefaultValueFactory = _ => value };
        // By its text: a value that is no number has no value yet, and asking for it throws.
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => !int.TryParse(t.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number is < 0 or > Most))
                result.AddError($"{name} takes a number from 0 to {Most}.");
        });
        return option;
    }
}
