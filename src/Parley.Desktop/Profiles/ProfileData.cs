using System.Text.Json.Serialization;
using Parley.Desktop.Windows;
using Parley.UI.State;

namespace Parley.Desktop.Profiles;

// Settable, not init-only: generated code gives an init-only property that a file lacks the default of its type, and not the one that stands here.

/// <summary>The file <c>settings.json</c> of a profile: nothing secret.</summary>
internal sealed record ProfileSettings
{
    /// <summary>The person's servers in their order; null in a file of the time when there was one.</summary>
    public IReadOnlyList<KnownServer>? Servers { get; set; }

    public KnownServer? LastServer { get; set; }

    public string? LastUsername { get; set; }

    /// <summary>The server that runs here; null where there never was one.</summary>
    public KeptServer? OwnServer { get; set; }

    /// <summary>The trusted fingerprint for each server, by <c>HOST:PORT</c>.</summary>
    public IReadOnlyDictionary<string, string> Pins { get; set; } = new Dictionary<string, string>();

    /// <summary>The servers whose certificates the system trusted by itself, as <c>HOST:PORT</c>.</summary>
    public IReadOnlyList<string> SystemTrusted { get; set; } = [];

    public Preferences Preferences { get; set; } = new();

    public EmojiPreferences Emoji { get; set; } = EmojiPreferences.None;

    /// <summary>Levels and mutes of single channels.</summary>
    public IReadOnlyDictionary<string, RoomNotifications> ChannelNotifications { get; set; } = new Dictionary<string, RoomNotifications>();

    public WindowState Window { get; set; } = WindowState.Default;
}

/// <summary>A server that was logged in to.</summary>
internal sealed record KnownServer(string Host, int Port, bool UseTls, string? Username = null, string? Name = null, string? Room = null);

/// <summary>The person's own server.</summary>
/// <param name="Port">Its port, which friends know.</param>
/// <param name="IsWanted">Whether it runs whenever the program does.</param>
internal sealed record KeptServer(int Port, bool IsWanted);

/// <summary>The file <c>sessions.json</c> of a profile: secrets, by <c>HOST:PORT</c>.</summary>
internal sealed record ProfileSessions
{
    public IReadOnlyDictionary<string, KeptSession> Sessions { get; set; } = new Dictionary<string, KeptSession>();
}

/// <summary>The file <c>drafts.json</c> of a profile: half-typed texts.</summary>
internal sealed record ProfileDrafts
{
    public IReadOnlyDictionary<string, string> Drafts { get; set; } = new Dictionary<string, string>();
}

/// <summary>A session as it is kept.</summary>
internal sealed record KeptSession(string Username, string Token);

[JsonSerializable(typeof(ProfileSettings))]
[JsonSerializable(typeof(ProfileSessions))]
[JsonSerializable(typeof(ProfileDrafts))]
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true,
    Converters = [typeof(WordConverter<ThemeChoice>), typeof(WordConverter<Density>), typeof(WordConverter<NotifyLevel>), typeof(WordConverter<SkinTone>)])]
internal sealed partial class ProfileJson : JsonSerializerContext;

/// <summary>A choice is kept as its word, and a number is none.</summary>
internal sealed class WordConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
