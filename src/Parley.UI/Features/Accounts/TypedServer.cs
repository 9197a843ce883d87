using System.Globalization;
using Parley.Client.Connection;
using Parley.UI.Resources;

namespace Parley.UI.Features.Accounts;

/// <summary>The server as the login form has it: a host, a port and a box, and what was pasted into the first.</summary>
internal sealed class TypedServer
{
    private Invitations.Invited? _invited;

    internal string Host { get; set; } = "127.0.0.1";

    internal string Port { get; set; } = ServerAddress.DefaultPort.ToString(CultureInfo.InvariantCulture);

    internal bool UseTls { get; set; } = true;

    internal string? HostError { get; private set; }

    internal string? PortError { get; private set; }

    private int? PortNumber =>
        int.TryParse(Port.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;

    public override string ToString() => Parse()?.ToString() ?? $"{Host.Trim()}:{Port.Trim()}";

    internal void Fill(ServerAddress server) =>
        (Host, Port, UseTls) = (server.Host, server.Port.ToString(CultureInfo.InvariantCulture), server.UseTls);

    /// <summary>Friends pass a server on as HOST:PORT, as the address of a page, or as a whole invitation: each part goes where it belongs.</summary>
    internal void TakeApart()
    {
        if (Invitations.Read(Host) is { } invited)
            (_invited, Host, UseTls) = (invited, invited.Server.ToString(), true);
        if (ServerAddress.TryParse(Host, portElse: 0) is not { } server)
            return;
        if (server.Port > 0)
            (Host, Port) = (server.Host, server.Port.ToString(CultureInfo.InvariantCulture));
        else if (Host.AsSpan().ContainsAny('/', '['))
            Host = server.Host;
    }

    /// <summary>The address; null where there is none yet.</summary>
    internal ServerAddress? Parse() => PortNumber is { } port && ServerAddress.TryParse(Host, port) is { } server ? server with { UseTls = UseTls } : null;

    /// <summary>The address; where there is none, the errors say why.</summary>
    internal ServerAddress? Read()
    {
        TakeApart();
        HostError = ServerAddress.TryParse(Host) is null ? Strings.HostInvalid : null;
        PortError = PortNumber is null ? Strings.PortInvalid : null;
        return Parse();
    }

    /// <summary>Whom an invitation says to trust there; null without one.</summary>
    internal Fingerprint? PinOf(ServerAddress server) => _invited is { } invited && invited.Server == server ? invited.Pin : null;
}
