using System.Runtime.InteropServices;

namespace Parley.Load.Wire;

/// <summary>
/// What TLS needs of OpenSSL 3, which .NET itself uses on Linux. SslStream takes three times as long a record, and over TLS the load program would be the limit
/// of what it measures.
/// </summary>
internal static unsafe partial class OpenSsl
{
    public const int WantsRead = 2; // SSL_ERROR_WANT_READ
    public const int PeerClosed = 6; // SSL_ERROR_ZERO_RETURN
    public const int SetMode = 33; // SSL_CTRL_MODE
    public const int ReleaseBuffers = 0x10; // SSL_MODE_RELEASE_BUFFERS
    public const int Bytes = 3; // BIO_CTRL_INFO: where they lie, and how many
    public const int Reset = 1; // BIO_CTRL_RESET
    public const int EllipticKey = 408; // EVP_PKEY_EC

    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    [LibraryImport(Ssl, EntryPoint = "TLS_method")]
    public static partial nint Method();

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_new")]
    public static partial nint NewContext(nint method);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_ctrl")]
    public static partial nint ControlContext(nint context, int command, nint number, nint pointer);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_certificate_ASN1")]
    public static partial int UseCertificate(nint context, int length, byte* certificate);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_use_PrivateKey_ASN1")]
    public static partial int UseKey(int kind, nint context, byte* key, nint length);

    [LibraryImport(Ssl, EntryPoint = "SSL_CTX_free")]
    public static partial void FreeContext(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_new")]
    public static partial nint NewSession(nint context);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_bio")]
    public static partial void SetBuffers(nint session, nint incoming, nint outgoing);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_connect_state")]
    public static partial void SetConnects(nint session);

    [LibraryImport(Ssl, EntryPoint = "SSL_set_accept_state")]
    public static partial void SetAccepts(nint session);

    [LibraryImport(Ssl, EntryPoint = "SSL_do_handshake")]
    public static partial int ShakeHands(nint session);

    [LibraryImport(Ssl, EntryPoint = "SSL_read")]
    public static partial int Read(nint session, byte* buffer, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_write")]
    public static partial int Write(nint session, byte* buffer, int length);

    [LibraryImport(Ssl, EntryPoint = "SSL_get_error")]
    public static partial int Error(nint session, int result);

    [LibraryImport(Ssl, EntryPoint = "SSL_free")]
    public static partial void FreeSession(nint session);

    [LibraryImport(Crypto, EntryPoint = "BIO_s_mem")]
    public static partial nint InMemory();

    [LibraryImport(Crypto, EntryPoint = "BIO_new")]
    public static partial nint NewBuffer(nint kind);

    [LibraryImport(Crypto, EntryPoint = "BIO_ctrl")]
    public static partial nint ControlBuffer(nint buffer, int command, nint number, byte** start);

    [LibraryImport(Crypto, EntryPoint = "BIO_write")]
    public static partial int Put(nint buffer, byte* bytes, int length);

    [LibraryImport(Crypto, EntryPoint = "ERR_clear_error")]
    public static partial void ForgetErrors();
}
