using System.Globalization;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>Certificates that the system does not vouch for: asked about once, remembered, and refused loudly when they change.</summary>
public sealed class CertificateTests(Browser browser) : EndToEndTest(browser)
{
    private string[] WithoutTrust => ["--server", string.Create(CultureInfo.InvariantCulture, $"{Server.Host}:{Server.Port}")];

    [Fact]
    public async Task An_unknown_certificate_is_asked_about_once()
    {
        var alice = await SitDownAsync("alice", WithoutTrust);

        await alice.TryAsync("Register", RawPeerVerbs.Password);
        var question = alice.Dialog("Unknown certificate");
        await Expect(question).ToBeVisibleAsync();
        Assert.Contains(Digits(Server.Fingerprint), Digits(await question.InnerTextAsync()), StringComparison.Ordinal);
        await question.GetByRole(AriaRole.Button, new() { Name = "Trust" }).ClickAsync();
        await Expect(alice.Composer).ToBeVisibleAsync();

        await alice.RestartDesktopAsync();

        await Expect(alice.Composer).ToBeVisibleAsync();
        await Expect(question).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Cancel_sends_nothing_and_leaves_the_form_as_it_was()
    {
        var alice = await SitDownAsync("alice", WithoutTrust);

        await alice.TryAsync("Register", RawPeerVerbs.Password);
        await alice.Dialog("Unknown certificate").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(alice.Dialog("Unknown certificate")).ToHaveCountAsync(0);
        await Expect(alice.Username).ToHaveValueAsync("alice");
        await using var peer = await RawPeer.ConnectAsync(Server);
        await peer.RegisterAsync("alice"); // Still to be had: nothing was sent.
    }

    [Fact]
    public async Task A_changed_certificate_is_refused_and_no_trust_is_offered()
    {
        var alice = await ComeAsync("alice");
        await alice.LogOutAsync();
        await Expect(alice.Password).ToBeVisibleAsync();

        await Server.TerminateAsync();
        Directory.Delete(Path.Combine(Server.Folder, "certs"), recursive: true);
        var before = Server.Fingerprint;
        await Server.RestartAsync();
        Assert.NotEqual(before, Server.Fingerprint);
        await alice.TryAsync("Log In", RawPeerVerbs.Password);

        var refusal = alice.Dialog("Certificate changed");
        await Expect(refusal).ToBeVisibleAsync();
        await Expect(refusal.GetByRole(AriaRole.Button, new() { Name = "Trust" })).ToHaveCountAsync(0);
        Assert.Contains(Digits(Server.Fingerprint), Digits(await refusal.InnerTextAsync()), StringComparison.Ordinal);
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(refusal).ToHaveCountAsync(0);
        await Expect(alice.Composer).ToHaveCountAsync(0);
    }

    // However a fingerprint is grouped on the screen.
    private static string Digits(string? text) => string.Concat((text ?? "").ToUpperInvariant().Where(char.IsAsciiHexDigit));
}
