using System.Security.Cryptography;

namespace Parley.Load.Wire;

/// <summary>What all TLS connections of one side share.</summary>
internal sealed unsafe class TlsContext : IDisposable
{
    private nint _context = OpenSsl.NewContext(OpenSsl.Method());

    private TlsContext(bool serves)
    {
        if (_context == 0)
            throw new InvalidOperationException("OpenSSL gives no context.");
        Serves = serves;
        // A buffer for each of ten thousand connections would be in no cache.
        OpenSsl.ControlContext(_context, OpenSsl.SetMode, OpenSsl.ReleaseBuffers, 0);
    }

    /// <summary>
    /// Of the side that asks. Whoever answers is taken: only loopback addresses are ever connected to (Target), by a program that measures, and there is nobody
    /// to be deceived.
    /// </summary>
    public static TlsContext OfClients { get; } = new(serves: false);

    public bool Serves { get; }

    /// <summary>Of the side that serves.</summary>
    /// <param name="certificate">In DER.</param>
    /// <param name="key">Its key.</param>
    public static TlsContext OfServer(byte[] certificate, ECDsa key)
    {
        var made = new TlsContext(serves: true);
        var secret = key.ExportECPrivateKey();
        fixed (byte* shown = certificate, hidden = secret)
        {
            if (OpenSsl.UseCertificate(made._context, certificate.Length, shown) != 1
                || OpenSsl.UseKey(OpenSsl.EllipticKey, made._context, hidden, secret.Length) != 1)
                throw new InvalidOperationException("OpenSSL does not take the certificate.");
        }

        return made;
    }

    /// <summary>A session between two buffers; whoever frees it frees them, too.</summary>
    public nint NewSession(out nint incoming, out nint outgoing)
    {
        var session = OpenSsl.NewSession(_context);
        incoming = OpenSsl.NewBuffer(OpenSsl.InMemory());
        outgoing = OpenSsl.NewBuffer(OpenSsl.InMemory());
        OpenSsl.SetBuffers(session, incoming, outgoing);
        if (Serves)
            OpenSsl.SetAccepts(session);
        else
            OpenSsl.SetConnects(session);
        return session;
    }

    public void Dispose()
    {
        OpenSsl.FreeContext(_context);
        _context = 0;
    }
}
