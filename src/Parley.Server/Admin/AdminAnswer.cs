using Parley.Server.Measuring;

namespace Parley.Server.Admin;

/// <summary>The answer: one line of JSON.</summary>
/// <param name="Ok">Whether it was done.</param>
/// <param name="Text">In a sentence, what was done, or why not.</param>
internal sealed record AdminAnswer(bool Ok, string Text)
{
    /// <summary>The most rows of one page of a list.</summary>
    public const int MostRows = 500;

    public IReadOnlyList<AdminUser>? Users { get; init; }

    public IReadOnlyList<AdminChannel>? Channels { get; init; }

    public IReadOnlyList<AdminCode>? Codes { get; init; }

    /// <summary>How the server is.</summary>
    public ServerStatus? Status { get; init; }

    /// <summary>A one-time password that was made.</summary>
    public string? Password { get; init; }

    /// <summary>The list goes on behind this row.</summary>
    public long? More { get; init; }

    public static AdminAnswer Done(string text) => new(true, text);

    public static AdminAnswer Refuse(string text) => new(false, text);
}
