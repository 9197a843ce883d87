namespace Parley.Desktop.Windows;

/// <summary>Links that people write to one another lead out of this program, and only to what a browser or a mail program opens.</summary>
internal static class ExternalLink
{
    internal static bool IsAllowed(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeMailto);
}
