using Parley.UI.Features.Messages.Text;
using Parley.UI.Features.OwnServer;

namespace Parley.UI.State;

/// <summary>What the host of the user interface can do. What it cannot, the interface does not offer.</summary>
public sealed record HostCapabilities
{
    /// <summary>The window; null where the interface is a page like others, which does not close itself.</summary>
    public IHostWindow? Window { get; init; }

    /// <summary>The server that this person may run on this machine; null where no program can be started.</summary>
    public IOwnServer? OwnServer { get; init; }

    /// <summary>Colours for code; null where code stays plain.</summary>
    public ICodeColours? CodeColours { get; init; }

    /// <summary>Whether the host judges certificates by itself, with what the person trusts. Where a browser does, there is no choice of TLS.</summary>
    public bool PinsCertificates { get; init; }
}
