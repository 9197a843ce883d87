using System.Text.RegularExpressions;
using Parley.Client.Connection;

namespace Parley.UI.Features.Accounts;

/// <summary>Reads the invitation that friends send each other, in any language: an address with its port, and the certificate's fingerprint.</summary>
internal static partial class Invitations
{
    private static readonly char[] Between = [' ', '\t', '\r', '\n', '\u00a0', ',', ';', '(', ')', '<', '>', '"'];

    /// <summary>What an invitation leads to; null where the text is none. Of several addresses it is the first.</summary>
    internal static Invited? Read(string text)
    {
        if (Digits().Match(text) is not { Success: true } found || Fingerprint.Parse(found.Value) is not { } pin)
            return null;
        return text.Remove(found.Index, found.Length)
            .Split(Between, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => ServerAddress.TryParse(word.TrimEnd('.'), portElse: 0))
            .FirstOrDefault(server => server is { Port: > 0 }) is { } server
            ? new Invited(server, pin)
            : null;
    }

    [GeneratedRegex("(?<![0-9A-Fa-f:])[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}(?![0-9A-Fa-f:])", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    /// <summary>A server, and whom to trust there.</summary>
    internal sealed record Invited(ServerAddress Server, Fingerprint Pin);
}
