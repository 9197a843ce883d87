using System.Text.Json;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Wire;

/// <summary>How a connection gets in: by password (which costs the server a bcrypt hash) or by the token of an earlier login.</summary>
internal static class LogInSteps
{
    private const string Password = "load-test-password";
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Level 2: registers the account, or logs in where it exists, and gives its token. The connection is logged in after that.</summary>
    public static async Task<(string Token, Ready Ready)> EnterAsync(this ParleyConnection connection, string name, CancellationToken cancel)
    {
        await connection.AskAsync(new Hello(null, "parley-load"), ProtocolJson.Default.Hello, cancel);
        var register = true;
        while (true)
        {
            var ready = connection.ExpectAsync("ready", cancel);
            var answer = register
                ? await connection.AskAsync(new Register(name, Password), ProtocolJson.Default.Register, cancel)
                : await connection.AskAsync(new LogIn(name, Password), ProtocolJson.Default.LogIn, cancel);
            var refusal = ParleyConnection.Refusal(answer);
            var result = refusal is null ? JsonSerializer.Deserialize(answer, ProtocolJson.Default.AuthResult) : null;
            if (result is { Success: true, Token: { } token })
                return (token, Read(await ready));
            if (result is { Error: "Username already taken." } && register)
                register = false;
            else if (IsBusy(refusal?.Code, result?.Error ?? refusal?.Message))
                await Task.Delay(BusyPause, cancel);
            else
                throw new IOException($"The server does not let '{name}' in: {result?.Error ?? refusal?.Message}");
        }
    }

    /// <summary>Level 2: comes back by token.</summary>
    public static async Task<Ready> ComeBackAsync(this ParleyConnection connection, string token, CancellationToken cancel) =>
        Read(await connection.ComeBackUnreadAsync(token, cancel));

    /// <summary>
    /// Level 2: comes back by token and leaves what <c>ready</c> says unread; turning it into objects costs this program more than the server's part.
    /// </summary>
    /// <returns>The payload of <c>ready</c>.</returns>
    public static async Task<byte[]> ComeBackUnreadAsync(this ParleyConnection connection, string token, CancellationToken cancel)
    {
        var answer = await connection.AskAsync(new Hello(token, "parley-load"), ProtocolJson.Default.Hello, cancel);
        if (answer.AsSpan().StartsWith("{\"type\":\"ready\","u8))
            return answer;
        throw new IOException($"The token was refused: {ParleyConnection.Refusal(answer)?.Message ?? "no ready came"}");
    }

    /// <summary>Level 1: logs in by password, registering where the name is new, and is in #general after that.</summary>
    public static async Task EnterLevel1Async(this ParleyConnection connection, string name, CancellationToken cancel)
    {
        var register = true;
        while (true)
        {
            var joined = connection.ExpectAsync("channel_joined", cancel);
            var answered = connection.ExpectAsync("auth_result", cancel);
            connection.Send(register
                ? Protocol.Framing.FrameWriter.ToFrame(new Register(name, Password), ProtocolJson.Default.Register)
                : Protocol.Framing.FrameWriter.ToFrame(new LogIn(name, Password), ProtocolJson.Default.LogIn));
            var result = JsonSerializer.Deserialize(await answered, ProtocolJson.Default.AuthResult);
            if (result is { Success: true })
            {
                await joined;
                return;
            }

            if (result?.Error == "Username already taken." && register)
                register = false;
            else if (IsBusy(null, result?.Error))
                await Task.Delay(BusyPause, cancel);
            else
                throw new IOException($"The server does not let '{name}' in: {result?.Error}");
        }
    }

    private static bool IsBusy(string? code, string? words) =>
        code == ErrorCode.Busy || (words?.Contains("busy", StringComparison.OrdinalIgnoreCase) ?? false);

    private static Ready Read(byte[] frame) =>
        JsonSerializer.Deserialize(frame, ProtocolJson.Default.Ready) ?? throw new InvalidDataException("An empty ready.");
}
