using System.Text.RegularExpressions;
using Parley.Protocol.Text;
using Parley.UI.Features.Messages.Text;

namespace Parley.UI.Features.Messages;

/// <summary>A message as plain words, for places that show no more than those.</summary>
internal static partial class MessageWords
{
    /// <summary>Its words without marks; what its author hid stays hidden.</summary>
    internal static string Of(string content, TimeProvider clock) =>
        new PlainText(time => TimeLabels.Of(time, clock), name => EmojiText.Emoji($":{name}:")).Of(ChatText.Parse(content));

    /// <summary>The same in one line.</summary>
    internal static string InOneLine(string content, TimeProvider clock) => WhiteSpace().Replace(Of(content, clock), " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex WhiteSpace();
}
