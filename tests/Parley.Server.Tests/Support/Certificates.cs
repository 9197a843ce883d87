using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Tests.Support;

/// <summary>Certificates as an operator might hand them to the server.</summary>
internal static class Certificates
{
    /// <summary>Writes NAME.crt and NAME.key, self-signed for localhost, and returns the SHA-256 of the certificate.</summary>
    public static string Write(TempFolder folder, string name, int validFromDays = -1, int validToDays = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Write(
            folder, name, new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256), key.ExportPkcs8PrivateKeyPem(), validFromDays, validToDays);
    }

    /// <summary>The same with an RSA key in the older PKCS#1 form.</summary>
    public static string WriteRsa(TempFolder folder, string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return Write(folder, name, request, key.ExportRSAPrivateKeyPem(), -1, 30);
    }

    private static string Write(TempFolder folder, string name, CertificateRequest request, string key, int validFromDays, int validToDays)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(validFromDays), now.AddDays(validToDays));
        File.WriteAllText(folder[$"{name}.crt"], certificate.ExportCertificatePem());
        File.WriteAllText(folder[$"{name}.key"], key);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
