using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Client.Connection;

/// <summary>
/// Judges the certificate of one handshake: one that the system trusts for this name is good; else the pinned one, whatever its name and dates, and no
/// other. What was refused is kept as the question or the alarm that the person gets to see.
/// </summary>
internal sealed class CertificateTrust(Fingerprint? pin)
{
    /// <summary>Why the certificate was refused; null where it was not.</summary>
    internal LogInResult? Objection { get; private set; }

    internal bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
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

    private static CertificateDetails Describe(X509Certificate certificate)
    {
        using var whole = new X509Certificate2(certificate);
        return new CertificateDetails(Fingerprint.Of(whole), whole.Subject, new DateTimeOffset(whole.NotAfter.ToUniversalTime()));
    }
}
