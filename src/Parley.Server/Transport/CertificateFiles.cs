using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Hosting;

namespace Parley.Server.Transport;

/// <summary>The server's certificate and key, as PEM files.</summary>
internal static class CertificateFiles
{
    private const int YearsValid = 10;

    // A long chain has some ten KiB.
    private const long MostBytes = 1024 * 1024;

    /// <summary>The certificate's SHA-256 fingerprint: 64 upper-case hexadecimal digits in pairs.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Makes a self-signed certificate for <paramref name="hosts"/>; false where one is there already, which is left as it is.</summary>
    /// <exception cref="StartupException">The files cannot be written, or one of the two is missing.</exception>
    public static bool Make(string certificatePath, string keyPath, IReadOnlyCollection<string> hosts, DateTimeOffset now)
    {
        if (File.Exists(certificatePath) && File.Exists(keyPath))
            return false;
        if (File.Exists(certificatePath) || File.Exists(keyPath))
            throw new StartupException($"Of '{certificatePath}' and '{keyPath}' only one is there. Bring the other, or move it away to have both made anew.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Parley server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false)); // TLS server, RFC 5280
        request.CertificateExtensions.Add(Names(hosts));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(YearsValid));
        try
        {
            foreach (var path in (string[])[certificatePath, keyPath])
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
            WriteNew(keyPath, key.ExportPkcs8PrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            WriteNew(
                certificatePath, certificate.ExportCertificatePem(),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The certificate '{certificatePath}' cannot be written ({e.Message.TrimEnd('.')}).");
        }

        return true;
    }

    /// <summary>Reads a certificate, those that follow it in its file, and its key.</summary>
    /// <exception cref="StartupException">Missing, unreadable, expired, or not fitting.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load(string certificatePath, string keyPath, DateTimeOffset now)
    {
        var certificatePem = ReadText(certificatePath, "certificate");
        var keyPem = ReadText(keyPath, "key");
        var chain = new X509Certificate2Collection();
        X509Certificate2 certificate;
        try
        {
            chain.ImportFromPem(certificatePem);
            certificate = X509Certificate2.CreateFromPem(certificatePem);
        }
        catch (CryptographicException)
        {
            throw new StartupException($"The certificate '{certificatePath}' is no certificate in PEM form.");
        }

        if (certificate.NotAfter.ToUniversalTime() < now)
            throw new StartupException($"The certificate '{certificatePath}' expired on {certificate.NotAfter:yyyy-MM-dd}. Renew it.");
        if (certificate.NotBefore.ToUniversalTime() > now)
            throw new StartupException($"The certificate '{certificatePath}' is not valid before {certificate.NotBefore:yyyy-MM-dd}. Check the clock.");
        return (WithKey(certificate, certificatePem, keyPem, certificatePath, keyPath), chain);
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string certificatePem, string keyPem, string certificatePath, string keyPath)
    {
        try
        {
            certificate.Dispose();
            using var pair = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            // Schannel cannot use a key that lives in memory only; a PKCS#12 round trip serves every platform.
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new StartupException($"The key '{keyPath}' is unreadable or does not fit the certificate '{certificatePath}'.");
        }
    }

    private static string ReadText(string path, string what)
    {
        try
        {
            // Looked at before it is opened: a pipe would never answer, and a device never end.
            if (Storage.FileStatus.Of(path) is { Kind: not Storage.FileKind.Regular } || new FileInfo(path) is { Exists: true, Length: > MostBytes })
                throw new StartupException($"The {what} '{path}' is no file in PEM form.");
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartupException($"The {what} '{path}' does not exist. Make one with 'parley-server cert', or start with --no-tls.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException($"The {what} '{path}' cannot be read. Check the file and its permissions.");
        }
    }

    private static void WriteNew(string path, string text, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = mode;
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(text);
    }

    private static X509Extension Names(IReadOnlyCollection<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Prepend("localhost").Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return names.Build();
    }
}
