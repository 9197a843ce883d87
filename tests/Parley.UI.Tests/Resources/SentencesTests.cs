using Parley.Client;
using Parley.Client.Connection;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.UI.Resources;

namespace Parley.UI.Tests.Resources;

/// <summary>What is said in English elsewhere reaches the reader in the reader's language.</summary>
public sealed class SentencesTests
{
    private static readonly ServerAddress Server = new("chat.example.org", 5050, UseTls: true);

    public static TheoryData<string> Others => [.. Language.All.Skip(1).Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_complaint_of_a_rule_is_known(string code) =>
        Assert.All(Complaints(), english => Assert.NotEqual(english, Sentences.Translate(english, code)));

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_way_of_not_getting_through_is_known(string code)
    {
        var plain = Server with { UseTls = false };
        LogInResult.Unreachable[] all =
        [
            UnreachableResults.NoSuchServer(Server), UnreachableResults.NoLookup(Server), UnreachableResults.Refused(Server),
            UnreachableResults.NoAnswer(Server), UnreachableResults.TlsFailed(Server),
            UnreachableResults.LostInHandshake(Server), UnreachableResults.LostInHandshake(plain),
            UnreachableResults.NotParley(Server), UnreachableResults.NotParley(plain),
        ];

        Assert.All(all, unreachable =>
        {
            var said = Sentences.Translate(unreachable.Message, code);
            Assert.NotEqual(unreachable.Message, said);
            Assert.Contains(Server.Host, said, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_sentence_has_the_same_place(string code) =>
        Assert.All(Sentences.All(code), text => Assert.Equal(
            text.Key.Contains("{0}", StringComparison.Ordinal), text.Value.Contains("{0}", StringComparison.Ordinal)));

    [Fact]
    public void What_differs_in_a_sentence_is_kept_and_what_is_not_known_stays_as_it_is()
    {
        Assert.Equal("Den Kanal „{1} $1“ gibt es schon.", Sentences.Translate("Channel '{1} $1' already exists.", "de"));
        Assert.Equal("A newer server says this.", Sentences.Translate("A newer server says this.", "de"));
        Assert.Equal("Username already taken.", Sentences.Translate("Username already taken.", "en"));
        Assert.Null(Sentences.Translate(null, "de"));
    }

    [Fact]
    public void What_the_server_refuses_is_said_by_its_key_and_by_its_sentence_where_that_is_not_known()
    {
        var refusal = new Refusal(ErrorCode.NotFound, "Another server's words.") { Key = "no_such_channel", Values = ["{1} music"] };

        Assert.Equal("Channel '{1} music' not found.", Sentences.Of(refusal));
        Assert.Equal("Channel '007' not found.", Sentences.Of(refusal with { Values = ["007"] }));
        Assert.Equal("Another server's words.", Sentences.Of(refusal with { Key = "of_a_newer_server" }));
        Assert.Equal("Another server's words.", Sentences.Of(refusal with { Values = null }));
        Assert.Equal("Another server's words.", Sentences.Of(refusal with { Key = null }));
        Assert.Equal("Too many new channels. Try again in 1 minute.", Sentences.Of(refusal with { Key = "too_many_new_channels", Values = ["1"] }));
        Assert.Null(Sentences.Of(null));
    }

    private static List<string> Complaints()
    {
        string[] bad = ["", "a", "ab cd", new('ä', 40), new('x', 3_000)];
        Func<string, string?>[] rules =
        [
            UserNameRule.Check, PasswordRule.Check, ChannelNameRule.Check, DescriptionRule.Check, StatusTextRule.Check, content =>
                ContentRule.Check(content, out _),
        ];
        var complaints = rules.SelectMany(check => bad.Select(check)).OfType<string>().Distinct().ToList();
        Assert.True(complaints.Count > 10);
        return complaints;
    }
}
