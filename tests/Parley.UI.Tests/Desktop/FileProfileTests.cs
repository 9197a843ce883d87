using Parley.Client.Connection;
using Parley.Desktop.Profiles;
using Parley.Desktop.Windows;
using Parley.UI.State;

namespace Parley.UI.Tests.Desktop;

public sealed class FileProfileTests : IDisposable
{
    private static readonly ServerAddress Server = new("chat.example.org", 5050, UseTls: false);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_session_a_pin_and_the_last_login_come_back_at_the_next_start()
    {
        var pin = Fingerprint.Parse(new string('A', 64)) ?? throw new InvalidOperationException();
        var first = Open();
        first.SaveSession(Server, new Session("secret", "alice"));
        first.SavePin(Server, pin);

        var second = Open();

        Assert.Equal(new Session("secret", "alice"), second.SessionOf(Server));
        Assert.Equal(pin, second.PinOf(Server));
        Assert.Equal(Server, second.LastServer);
        Assert.Equal("alice", second.LastUsername);
    }

    [Fact]
    public void What_is_kept_of_a_server_is_found_however_its_address_was_typed_by_former_versions_too()
    {
        var (pin, twin) = (new string('A', 64), new string('B', 64));
        File.WriteAllText(
            _folder["settings.json"],
            $$"""
            { "servers": [{ "host": "CHAT.Example.org", "port": 5050, "useTls": true, "username": "alice" },
                { "host": "chat.example.org", "port": 5050, "useTls": true }],
              "pins": { "CHAT.Example.org:5050": "{{twin}}", "chat.example.org:5050": "{{pin}}", "LOCALHOST:5050": "{{pin}}" } }
            """);
        File.WriteAllText(_folder["sessions.json"], """{ "sessions": { "CHAT.Example.org:5050": { "username": "alice", "token": "secret" } } }""");
        File.WriteAllText(_folder["drafts.json"], """{ "drafts": { "CHAT.Example.org:5050 1 2 3": "half" } }""");

        var profile = Open();

        Assert.Equal(pin, profile.PinOf(new ServerAddress("localhost", 5050))?.Hex);
        Assert.Equal(pin, profile.PinOf(new ServerAddress("chat.EXAMPLE.org", 5050))?.Hex);
        Assert.Equal(new Session("secret", "alice"), profile.SessionOf(new ServerAddress("chat.example.org", 5050)));
        Assert.Equal("alice", profile.UsernameOf(Assert.Single(profile.Servers)));
        Assert.Equal("half", profile.Drafts["chat.example.org:5050 1 2 3"]);
    }

    [Fact]
    public async Task The_servers_come_back_in_their_order_with_the_names_that_were_used_there()
    {
        ServerAddress other = new("other.example.org", 6000);
        var profile = Open();
        profile.SaveSession(Server, new Session("secret", "alice"));
        profile.SaveSession(other, new Session("secret too", "alice_o"));
        profile.ForgetSession(other);

        profile.SaveServers([other, Server]);
        profile.SaveLastServer(Server);
        profile.SaveRoom(Server, "channels/random");
        Assert.Equal((Server, "channels/random"), (profile.LastServer, profile.RoomOf(Server)));
        await profile.Written;

        Assert.Equal([other, Server], Open().Servers);
        Assert.Equal(["alice_o", "alice"], Open().Servers.Select(Open().UsernameOf));
        Assert.Equal((Server, "channels/random"), (Open().LastServer, Open().RoomOf(Server)));
        profile.SaveServers([]);
        Assert.Empty(Open().Servers);
    }

    [Fact]
    public void The_notification_settings_of_rooms_come_back_and_a_level_of_before_there_were_mentions_is_read()
    {
        File.WriteAllText(_folder["settings.json"], """{ "preferences": { "notify": "Direct", "fontPercent": 110 } }""");
        RoomNotifications forever = new(NotifyLevel.All, RoomNotifications.Forever);
        Open().SaveChannelNotifications(new Dictionary<string, RoomNotifications> { ["here"] = forever, ["there"] = new(NotifyLevel.Mentions) });

        Assert.Equal((NotifyLevel.Mentions, 110), (Open().Preferences.Notify, Open().Preferences.FontPercent));
        Assert.Equal(forever, Open().ChannelNotifications["here"]);
        Assert.Equal(new(NotifyLevel.Mentions), Open().ChannelNotifications["there"]);
    }

    [Theory]
    [InlineData("""{ "sessions": { "chat.example.org:5050": { "username": "alice", "token": "secret" } } }""", "chat.example.org:5050")]
    [InlineData("{}")]
    public void In_a_file_of_the_time_when_there_was_one_server_it_is_the_one_that_was_logged_in_to(string sessions, params string[] servers)
    {
        File.WriteAllText(_folder["settings.json"], """{ "lastServer": { "host": "chat.example.org", "port": 5050, "useTls": false }, "lastUsername": "alice" }""");
        File.WriteAllText(_folder["sessions.json"], sessions);

        var profile = Open();

        Assert.Equal(servers, profile.Servers.Select(server => server.ToString()));
        Assert.Equal(Server, profile.LastServer);
        Assert.All(profile.Servers, server => Assert.Equal("alice", profile.UsernameOf(server)));
    }

    [Fact]
    public void A_session_that_ended_is_forgotten_on_disk()
    {
        var profile = Open();
        profile.SaveSession(Server, new Session("secret", "alice"));

        profile.ForgetSession(Server);

        Assert.Null(Open().SessionOf(Server));
        Assert.DoesNotContain("secret", File.ReadAllText(_folder["sessions.json"]), StringComparison.Ordinal);
        Assert.Equal("alice", Open().LastUsername);
    }

    [Fact]
    public void Nobody_but_the_owner_can_read_the_files()
    {
        if (OperatingSystem.IsWindows())
            return; // There are no such modes; the folder lies in the profile of the user.
        var profile = Open();
        profile.SaveSession(Server, new Session("secret", "alice"));

        foreach (var file in Directory.EnumerateFiles(_folder.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_file_of_an_older_version_lacks_nothing_that_matters()
    {
        File.WriteAllText(_folder["settings.json"], """{ "lastUsername": "alice", "preferences": { "theme": "Light" } }""");

        var profile = Open();

        Assert.Equal(new Preferences(ThemeChoice.Light), profile.Preferences);
        Assert.Equal(WindowState.Default, profile.Window);
        Assert.Null(profile.PinOf(Server));
        File.WriteAllText(_folder["settings.json"], "{}");
        Assert.Equal(new Preferences(), Open().Preferences);
    }

    [Fact]
    public void What_cannot_be_written_is_remembered_until_the_end_and_leaves_nothing_behind()
    {
        var profile = Open();
        Directory.CreateDirectory(_folder["settings.json"]); // Nothing can take its place.
        Directory.CreateDirectory(_folder["drafts.json"]);

        profile.SavePreferences(profile.Preferences with { FontPercent = 120 });
        profile.SaveDrafts(new Dictionary<string, string> { ["here"] = "half" });
        Assert.Equal(120, profile.Preferences.FontPercent);
        Assert.Empty(Directory.GetFiles(_folder.Path));

        Directory.Delete(_folder.Path, recursive: true);
        profile.SaveSession(Server, new Session("secret", "alice"));
        Assert.Equal("alice", profile.SessionOf(Server)?.Username);
    }

    [Fact]
    public void A_file_that_makes_no_sense_is_set_aside_and_does_not_stop_the_start()
    {
        File.WriteAllText(_folder["settings.json"], "{ half");

        Assert.Null(Open().LastServer);
        Assert.Equal("{ half", File.ReadAllText(_folder["settings.json.broken"]));
    }

    [Fact]
    public void What_a_newer_version_or_a_hand_wrote_and_nobody_understands_is_left_out_and_the_rest_stays()
    {
        File.WriteAllText(_folder["settings.json"], """
            {
              "servers": [null, { "host": "chat.example.org", "port": 5050, "useTls": false, "username": null }, { "port": 5 }, { "host": "far.example.org", "port": 70000, "useTls": true }],
              "lastServer": { "host": "chat.example.org", "port": 5050, "useTls": false },
              "pins": { "chat.example.org:5050": null },
              "preferences": { "theme": "Sepia", "density": 7, "fontPercent": 120, "notify": "Nothing" },
              "emoji": { "tone": "Dark", "recent": [null, "👍"] },
              "channelNotifications": { "here it's": { "level": "Sometimes", "mutedUntil": "never" }, "there": { "level": "All" } },
              "window": { "size": { "width": "wide", "height": 700 }, "maximized": true },
              "whatever": { "comes": [1, null] }
            }
            """);
        File.WriteAllText(_folder["sessions.json"], """{ "sessions": { "chat.example.org:5050": { "username": "alice", "token": "secret" }, "b:1": null, "c:1": { "token": 5 } } }""");
        File.WriteAllText(_folder["drafts.json"], """{ "drafts": null }""");

        var profile = Open();

        Assert.Equal([Server], profile.Servers);
        Assert.Equal(Server, profile.LastServer);
        Assert.Null(profile.PinOf(Server));
        Assert.Equal(new Preferences { FontPercent = 120, Notify = NotifyLevel.Nothing }, profile.Preferences);
        Assert.Equal((SkinTone.Dark, "👍"), (profile.Emoji.Tone, Assert.Single(profile.Emoji.Recent)));
        Assert.Equal(new(), profile.ChannelNotifications["here it's"]);
        Assert.Equal(new(NotifyLevel.All), profile.ChannelNotifications["there"]);
        Assert.Equal(WindowState.Default, profile.Window);
        Assert.Equal(new Session("secret", "alice"), profile.SessionOf(Server));
        Assert.Null(profile.SessionOf(new ServerAddress("b", 1)) ?? profile.SessionOf(new ServerAddress("c", 1)));
        Assert.Empty(profile.Drafts);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.broken"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_does_not_stop_the_start()
    {
        Directory.CreateDirectory(_folder["settings.json"]); // As good as a file without the right to read it, which root would have all the same.
        Directory.CreateDirectory(_folder["drafts.json"]);

        var profile = Open();

        Assert.Equal(new Preferences(), profile.Preferences);
        Assert.Empty(profile.Drafts);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{ "preferences": {}, "preferences": {} }""")]
    public void A_file_that_is_something_else_is_set_aside(string content)
    {
        File.WriteAllText(_folder["settings.json"], content);

        Assert.Equal(new Preferences(), Open().Preferences);
        Assert.Equal(content, File.ReadAllText(_folder["settings.json.broken"]));
    }

    [Theory]
    [InlineData("default", true)]
    [InlineData("work_2-a", true)]
    [InlineData("", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    public void A_profile_s_name_is_fit_for_a_folder(string name, bool isName) => Assert.Equal(isName, ProfileFolder.IsName(name));

    private FileProfile Open() => new(ProfileFolder.At(_folder.Path));
}
