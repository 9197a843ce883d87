using System.Net.Security;
using System.Security.Authentication;
using Parley.Server.Hosting;

namespace Parley.Server.Transport;

/// <summary>
/// The server's certificate, from its files. It is loaded anew on request, and a moment after one of the files has changed. One that cannot be used is logged
/// and ignored, and the former one stays. Open connections keep theirs.
/// </summary>
internal sealed partial class ServerCertificate : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private volatile SslServerAuthenticationOptions _options;
    private FileTimes _seen;

    /// <exception cref="StartupException">There is none that can be used.</exception>
    public ServerCertificate(string certificatePath, string keyPath, TimeProvider time, ILogger logger)
    {
        (_certificatePath, _keyPath, _time, _logger) = (certificatePath, keyPath, time, logger);
        _seen = Look();
        (_options, Fingerprint) = Load();
        _timer = time.CreateTimer(_ => LoadWhereChanged(), null, Pace, Pace);
    }

    /// <summary>The fingerprint of the certificate that was loaded first.</summary>
    public string Fingerprint { get; }

    /// <summary>For the next handshake.</summary>
    public SslServerAuthenticationOptions Options => _options;

    /// <summary>Loads the files anew.</summary>
    public void Reload()
    {
        lock (_gate)
        {
            _seen = Look();
            try
            {
                (_options, var fingerprint) = Load();
                Log.Loaded(_logger, fingerprint);
            }
// Whatever is wrong with the files, the server goes on: this runs on a timer's thread, too, where an exception would end the process.
#pragma warning disable CA1031
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.Refused(_logger, e.Message);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void LoadWhereChanged()
    {
        lock (_gate)
        {
            if (Look() == _seen)
                return;
        }

        Reload();
    }

    // Before it is loaded: what changes meanwhile is seen the next time. A file that is not there has a time, too.
    private FileTimes Look()
    {
        try
        {
            return new FileTimes(File.GetLastWriteTimeUtc(_certificatePath), File.GetLastWriteTimeUtc(_keyPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return default;
        }
    }

    private (SslServerAuthenticationOptions Options, string Fingerprint) Load()
    {
        var (leaf, chain) = CertificateFiles.Load(_certificatePath, _keyPath, _time.GetUtcNow());
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
        };
        return (options, CertificateFiles.Fingerprint(leaf));
    }

    private readonly record struct FileTimes(DateTime Certificate, DateTime Key);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "The certificate was loaded anew (SHA-256 {Fingerprint}).")]
        public static partial void Loaded(ILogger logger, string fingerprint);

        [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "The certificate was not loaded anew, and the former one goes on: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
