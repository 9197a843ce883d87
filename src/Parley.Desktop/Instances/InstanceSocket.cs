using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parley.Desktop.Profiles;

namespace Parley.Desktop.Instances;

/// <summary>
/// Where a second start finds the program that has the profile's lock: a socket in the profile's folder, which nobody but its owner can enter. What a crash
/// left of it is replaced by the next one that has the lock.
/// </summary>
internal sealed class InstanceSocket : IDisposable
{
    // sun_path has 108 bytes on Linux and 104 on macOS; the terminating zero counts.
    private const int MaxPathBytes = 100;
    private const int MaxLineBytes = 4096;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly Socket _listener;
    private readonly string _path;

    private InstanceSocket(Socket listener, string path) => (_listener, _path) = (listener, path);

    /// <summary>
    /// Listens from now on; who asks waits until <see cref="ServeAsync"/>. Only for who holds the profile's lock. Null where the system has no such sockets.
    /// </summary>
    internal static InstanceSocket? TryListen(ProfileFolder folder)
    {
        var path = PathOf(folder);
        var listener = NewSocket();
        try
        {
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen();
            return new InstanceSocket(listener, path);
        }
        catch (Exception none) when (none is SocketException or PlatformNotSupportedException or ArgumentOutOfRangeException)
        {
            listener.Dispose();
            return null;
        }
    }

    /// <summary>Asks the program that runs; null where it does not answer (it is ending, or has not come that far).</summary>
    internal static async Task<FirstAnswer?> TryAskAsync(ProfileFolder folder, SecondStart question, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = NewSocket();
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PathOf(folder)), cancellationToken);
            await using var stream = new NetworkStream(socket);
            await WriteLineAsync(stream, JsonSerializer.Serialize(question, InstanceJson.Default.SecondStart), cancellationToken);
            return await ReadLineAsync(stream, cancellationToken) is { } line ? JsonSerializer.Deserialize(line, InstanceJson.Default.FirstAnswer) : null;
        }
        catch (Exception none) when (none is SocketException or IOException or PlatformNotSupportedException or ArgumentOutOfRangeException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Answers, one after another, until it is disposed of.</summary>
    internal async Task ServeAsync(Func<SecondStart, FirstAnswer> answer)
    {
        while (true)
        {
            try
            {
                using var socket = await _listener.AcceptAsync();
                await AnswerAsync(socket, answer);
            }
            catch (Exception gone) when (gone is IOException or JsonException or OperationCanceledException)
            {
                // Who asked went away, or asked nonsense.
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        File.Delete(_path);
        _listener.Dispose();
    }

    private static async Task AnswerAsync(Socket socket, Func<SecondStart, FirstAnswer> answer)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin);
        await using var stream = new NetworkStream(socket);
        if (await ReadLineAsync(stream, deadline.Token) is { } line && JsonSerializer.Deserialize(line, InstanceJson.Default.SecondStart) is { } question)
            await WriteLineAsync(stream, JsonSerializer.Serialize(answer(question), InstanceJson.Default.FirstAnswer), deadline.Token);
    }

    private static async Task WriteLineAsync(NetworkStream stream, string line, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellationToken);

    private static async Task<string?> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxLineBytes];
        var count = 0;
        while (count < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellationToken);
            if (read == 0)
                return null;
            count += read;
            if (buffer[count - 1] == (byte)'\n')
                return Encoding.UTF8.GetString(buffer, 0, count - 1);
        }

        return null;
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    // Where the folder lies too deep for a socket, in the folder that the session has for such things, named after the profile's whole path.
    private static string PathOf(ProfileFolder folder)
    {
        var path = folder.File("socket");
        if (Encoding.UTF8.GetByteCount(path) <= MaxPathBytes || Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is not { Length: > 0 } runtime)
            return path;
        return Path.Combine(runtime, $"parley-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 8))}");
    }
}
