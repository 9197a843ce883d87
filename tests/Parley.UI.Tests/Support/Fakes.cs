using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.UI.Tests.Support;

/// <summary>A profile that forgets everything at its end.</summary>
internal sealed class MemoryProfile : IProfile
{
    private readonly Dictionary<ServerAddress, Session> _sessions = [];
    private readonly Dictionary<ServerAddress, Fingerprint> _pins = [];

    public ServerAddress? LastServer { get; set; }

    public string? LastUsername { get; set; }

    public IReadOnlyDictionary<string, string> Drafts { get; private set; } = new Dictionary<string, string>();

    public void KeepDrafts(IReadOnlyDictionary<string, string> drafts) => Drafts = drafts;

    public Session? SessionOf(ServerAddress server) => _sessions.GetValueOrDefault(server);

    public void KeepSession(ServerAddress server, Session session) => _sessions[server] = session;

    public void ForgetSession(ServerAddress server) => _sessions.Remove(server);

    public Fingerprint? PinOf(ServerAddress server) => _pins.GetValueOrDefault(server);

    public void KeepPin(ServerAddress server, Fingerprint pin) => _pins[server] = pin;
}

/// <summary>A window that only counts how often it was closed.</summary>
internal sealed class ClosedWindow : IHostWindow
{
    internal int Closings { get; private set; }

    public void Close() => Closings++;
}
