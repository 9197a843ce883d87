namespace Parley.Server.Transport;

/// <summary>
/// Many sends that do not wait, each of its own bytes to its own socket. All of them have ended when <see cref="Submit"/> returns, so no send is
/// pending afterwards. Used by one thread at a time.
/// </summary>
internal abstract class SendBatch : IDisposable
{
    /// <summary>The most sends in one batch.</summary>
    public const int Entries = 256;

    /// <summary>The result of a send for which the kernel had no space, as a negative error number.</summary>
    public const int WouldBlock = -11;

    /// <summary>By one system call where the system has a ring, else by one for each; null where a socket's descriptor cannot be sent to directly.</summary>
    public static SendBatch? TryCreate() => (SendBatch?)LinuxRing.TryCreate() ?? (OperatingSystem.IsLinux() ? new LinuxSendBatch() : null);

    /// <summary>
    /// Adds a send; there must be fewer than <see cref="Entries"/>. Bytes and descriptor have to stay as they are until <see cref="Submit"/> has
    /// returned.
    /// </summary>
    public abstract void Add(int descriptor, nint bytes, int length);

    /// <summary>Sends all that was added.</summary>
    /// <returns>What came of each, in the order in which they were added: how many bytes the kernel took, or a negative error number.</returns>
    public abstract ReadOnlySpan<int> Submit();

    public abstract void Dispose();
}
