using Parley.Faults.Checking;
using Parley.Faults.Clients;

namespace Parley.Faults.Tests;

/// <summary>The laws of messages that change: each is broken by hand here, and has to be found.</summary>
public sealed class ChangeCheckerTests : IDisposable
{
    private const string First = "client1-0001-000001 x";
    private const string Second = "client1-0001-000002 x";
    private const string Taken = "client1-0001-000003 x";

    private readonly TempFolder _folder = new();
    private readonly StoredLog _stored = new();

    public ChangeCheckerTests()
    {
        // Message 1 was edited and reacted to, message 2 deleted.
        _stored.Messages[1] = new StoredMessage([First, Second], IsDeleted: false) { Reactions = "👍1" };
        _stored.Messages[2] = new StoredMessage([], IsDeleted: true);
        _stored.Reactions.Add((1, "👍", "client2"));
        _stored.Changes[("client1", "n1")] = (1, 3);
        _stored.Events[(1, 1)] = new StoredEvent(1, 1, "message", "client1", 1, First);
        _stored.Events[(1, 2)] = new StoredEvent(1, 2, "message", "client1", 2, null);
        _stored.Events[(1, 3)] = new StoredEvent(1, 3, "edit", "client1", 1, Second);
        _stored.Events[(1, 4)] = new StoredEvent(1, 4, "delete", "client1", 2, null);
        _stored.Events[(1, 5)] = new StoredEvent(1, 5, "reaction_add", "client2", 1, "👍");
    }

    private static JournalLine Edit { get; } = new("changed") { What = "edit", Channel = 1, MessageId = 1, Before = First, Text = Second, Nonce = "n1" };

    private static JournalLine Delete { get; } = new("changed") { What = "delete", Channel = 1, MessageId = 2, Before = Taken, Text = "", Nonce = "n2" };

    private static JournalLine React { get; } = new("changed") { What = "react", Channel = 1, MessageId = 1, Text = "👍", Nonce = "n3" };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Books_that_agree_have_no_findings() => Assert.Empty(Check());

    [Fact]
    public void An_edit_that_was_taken_and_is_not_there_is_lost()
    {
        _stored.Changes.Clear();

        Assert.Equal(["changes_lost"], Check());
    }

    [Fact]
    public void An_edit_with_other_words_is_lost()
    {
        _stored.Events[(1, 3)] = _stored.Events[(1, 3)] with { Words = First };

        Assert.Equal(["changes_lost"], Check());
    }

    [Fact]
    public void An_acknowledged_change_that_is_not_there_is_lost() =>
        Assert.Equal(["changes_lost"], Check(new JournalLine("change_ack") { What = "edit", Channel = 1, Number = 9, MessageId = 1, Text = Second }));

    [Fact]
    public void What_was_deleted_and_is_there_is_lost()
    {
        _stored.Messages[2] = new StoredMessage([Taken], IsDeleted: false);

        Assert.Contains("changes_lost", Check());
    }

    [Fact]
    public void A_reaction_that_was_taken_and_is_not_there_is_lost()
    {
        _stored.Reactions.Clear();

        Assert.Equal(["changes_lost"], Check());
    }

    [Fact]
    public void What_the_server_refused_is_not_lost()
    {
        _stored.Changes.Clear();

        Assert.Empty(Check(new JournalLine("given_up") { Nonce = "n1" }));
    }

    [Theory]
    [InlineData(First, null, "👍1")]
    [InlineData(Second, "deleted", "👍1")]
    [InlineData(Second, null, "")]
    public void A_client_that_shows_something_else_is_found(string text, string? what, string reactions) =>
        Assert.Equal(["shown_differently"], Check(new JournalLine("shown") { Channel = 1, Number = 1, Text = text, What = what, Reactions = reactions }));

    [Theory]
    [InlineData("page \0client1-0001-000003 x\0", true)]
    [InlineData("page \0client1-0001-000001 x\0", false)]
    public void Words_that_are_left_in_a_file_are_found(string bytes, bool isFound)
    {
        var file = Path.Combine(_folder.Path, "log.db");
        File.WriteAllText(file, bytes);
        var findings = new Findings();

        new ChangeChecker(_stored, findings).CheckWords(Journals(), [file]);

        Assert.Equal(isFound ? 1 : 0, findings.Counts["deleted_words_left"]);
    }

    private string[] Check(params JournalLine[] more)
    {
        var findings = new Findings();
        new ChangeChecker(_stored, findings).Check(Journals(more));
        return [.. findings.Counts.Where(c => c.Value > 0).Select(c => c.Key)];
    }

    private static Dictionary<string, List<JournalLine>> Journals(params JournalLine[] more)
    {
        JournalLine[] shown =
        [
            new("life"),
            new("shown") { Channel = 1, Number = 1, Text = Second, Reactions = "👍1" },
            new("shown") { Channel = 1, Number = 2, Text = "", What = "deleted", Reactions = "" },
        ];
        return new Dictionary<string, List<JournalLine>> { ["client1"] = [Edit, Delete, .. shown, .. more], ["client2"] = [React, .. shown] };
    }
}
