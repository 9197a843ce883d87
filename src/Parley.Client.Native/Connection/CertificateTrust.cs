using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Client.Connection;

namespace Parley.Client.Native.Connection;

/// <summary>
/// Judges certificates: one that the system trusts for this name is good; else the pinned one, whatever its name and dates, and no other. What was refused
/// last is kept as the question or the alarm that the person gets to see.
/// </summary>
internal sealed class CertificateTrust(Fingerprint? pin)
{
    /// <summary>Why the certificate was refused; null where it was not.</summary>
    internal LogInResult? Objection { get; private set; }

    /// <summary>How a TLS handshake is made with a server.</summary>
    internal SslClientAuthenticationOptions Handshake(string host) => new()
    {
        TargetHost = host,
#pragma warning disable CA5398 // Older versions are broken, and what the system would choose may include them: 1.2 and 1.3, and no other.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck, // A server in a cellar has no revocation list; asking would hang without internet.
        RemoteCertificateValidationCallback = IsTrusted,
    };

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return false;
        if (errors == SslPolicyErrors.None)
            return true;
        var shown = Describe(certificate);
        if (shown.Fingerprint == pin)
            return true;
        Objection = pin is null ? new LogInResult.UnknownCertificate(shown) : new LogInResult.CertificateChanged(pin, shown);
        return false;
    }

    private static Fingerprint FingerprintOf(X509Certificate2 certificate) =>
        Fingerprint.Parse(certificate.GetCertHashString(HashAlgorithmName.SHA256)) ?? throw new CryptographicException("No SHA-256 of a certificate.");

    private static CertificateDetails Describe(X509Certificate certificate)
    {
        using var whole = new X509Certificate2(certificate);
        return new CertificateDetails(FingerprintOf(whole), whole.Subject, new DateTimeOffset(whole.NotAfter.ToUniversalTime()));
    }
}
