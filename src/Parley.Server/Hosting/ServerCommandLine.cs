using System.CommandLine;
using System.Globalization;
using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Admin;
using Parley.Server.Features.Accounts;
using Parley.Server.Maintenance;
using Parley.Server.Transport;

namespace Parley.Server.Hosting;

/// <summary>The command line: the server itself, and its helpers.</summary>
internal static class ServerCommandLine
{
    private static readonly Option<string> Host = new("--host")
    {
        Description = "Address or name to listen on.", DefaultValueFactory = _ => ServerOptions.DefaultHost,
    };
    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port; 0 takes a free one.", DefaultValueFactory = _ => ServerOptions.DefaultPort,
    };
    private static readonly Option<bool> NoTls = new("--no-tls") { Description = "Speak plain TCP." };
    private static readonly Option<string?> Certificate = new("--cert") { Description = "Certificate, PEM (default: certs/server.crt, made where missing)." };
    private static readonly Option<string?> Key = new("--key") { Description = "Its key, PEM (default: certs/server.key)." };

    private static readonly Option<int> BcryptCost = new("--bcrypt-cost")
    {
        Description = $"Hash cost for new passwords ({PasswordHasher.LowestCost} to {PasswordHasher.HighestCost}): each step doubles the time of a guess.",
        DefaultValueFactory = _ => PasswordHasher.DefaultCost,
    };

    private static readonly Option<string> Registration = new("--registration")
    {
        Description = "Who may make an account: open, code (whoever has a code made by 'parley-server code') or closed.",
        DefaultValueFactory = _ => "open",
    };

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "What the server is called, for people; without it clients show its address.",
    };

    private static readonly Option<bool> NoLimits = new("--no-limits")
    {
        Description = "Disable all rate limits; for trusted load only.",
    };

    private static readonly Option<bool> EndWithInput = new("--end-with-input")
    {
        Description = "End when standard input ends; for a program that starts the server.",
    };

    public static RootCommand Build(TimeProvider time)
    {
        Registration.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => JoiningOf(t.Value) is null))
                result.AddError("--registration takes open, code or closed.");
        });
        Name.Validators.Add(result =>
        {
            if (result.Tokens.Select(t => ServerNameRule.Check(ServerNameRule.Normalize(t.Value))).FirstOrDefault(wrong => wrong is not null) is { } wrong)
                result.AddError(wrong);
        });
        MustBe(Port, 0, 65535, "--port takes a number from 0 to 65535.");
        MustBe(
            BcryptCost, PasswordHasher.LowestCost, PasswordHasher.HighestCost,
            $"--bcrypt-cost takes a number from {PasswordHasher.LowestCost} to {PasswordHasher.HighestCost}.");
        var root = new RootCommand("Parley's server: keeps what is said, in one file.")
        {
            Host, Port, NoTls, Certificate, Key, BcryptCost, Registration, Name, NoLimits, EndWithInput,
        };
        foreach (var option in DatabaseOptions.All)
            root.Add(option);
        foreach (var option in LimitOptions.All)
            root.Add(option);
        root.Add(CertCommand(time));
        root.Add(MaintenanceCommands.Backup());
        root.Add(MaintenanceCommands.Restore(time));
        root.Add(MaintenanceCommands.Move(time));
        root.Add(MaintenanceCommands.Check());
        foreach (var command in AdminCommandLine.Commands(time))
            root.Add(command);
        root.SetAction((parsed, _) => ServerProgram.RunAsync(Options(parsed), time));
        return root;
    }

    // By its text: a value that is no number has no value yet, and asking for it throws.
    private static void MustBe(Option<int> option, int least, int most, string otherwise) => option.Validators.Add(result =>
    {
        if (result.Tokens.Any(t => !int.TryParse(t.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < least || number > most))
            result.AddError(otherwise);
    });

    private static ServerOptions Options(ParseResult parsed) => new()
    {
        Host = parsed.GetRequiredValue(Host),
        Port = parsed.GetValue(Port),
        Database = DatabaseOptions.Read(parsed),
        UseTls = !parsed.GetValue(NoTls),
        Certificate = parsed.GetValue(Certificate),
        Key = parsed.GetValue(Key),
        Limits = LimitOptions.Read(parsed),
        BcryptCost = parsed.GetValue(BcryptCost),
        Joining = JoiningOf(parsed.GetRequiredValue(Registration)) ?? Joining.Open,
        Name = parsed.GetValue(Name) is { } name ? ServerNameRule.Normalize(name) : null,
        NoLimits = parsed.GetValue(NoLimits),
        EndWithInput = parsed.GetValue(EndWithInput),
    };

    // A certificate may be for all names below one: *.example.org.
    private static bool IsHost(string text) =>
        Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text.Trim('[', ']')) != UriHostNameType.Unknown;

    // The operator makes codes, and a client asks for an invite: one thing, in the words of each.
    private static string? JoiningOf(string word) => word switch
    {
        "open" => Joining.Open,
        "code" => Joining.Invite,
        "closed" => Joining.Closed,
        _ => null,
    };

    private static Command CertCommand(TimeProvider time)
    {
        var hosts = new Option<string[]>("--host") { Description = "Names and addresses that it is for.", AllowMultipleArgumentsPerToken = true };
        hosts.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => !IsHost(t.Value)) is { } wrong)
                result.AddError($"'{wrong.Value}' is no name or address of a machine. Give one with --host.");
        });
        var folder = new Option<string>("--out") { Description = "Where to put it.", DefaultValueFactory = _ => ServerOptions.DefaultFolder };
        var command = new Command("cert", "Makes a self-signed certificate; one that is there is left.") { hosts, folder };
        command.SetAction(parsed =>
        {
            var certificate = Path.Combine(parsed.GetRequiredValue(folder), ServerOptions.CertificateName);
            var key = Path.Combine(parsed.GetRequiredValue(folder), ServerOptions.KeyName);
            var made = CertificateFiles.Make(certificate, key, parsed.GetValue(hosts) ?? [], time.GetUtcNow());
            Console.Out.WriteLine(made ? $"Made {certificate} and {key}." : $"{certificate} is there already; it was left as it is.");
            using var loaded = CertificateFiles.Load(certificate, key, time.GetUtcNow()).Certificate;
            Console.Out.WriteLine($"SHA-256 {CertificateFiles.Fingerprint(loaded)}");
            return 0;
        });
        return command;
    }
}
