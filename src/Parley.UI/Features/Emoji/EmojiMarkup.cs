using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Parley.UI.State;

namespace Parley.UI.Features.Emoji;

/// <summary>Emoji as rows of buttons. Every word in it is our own list's.</summary>
internal static class EmojiMarkup
{
    /// <summary>How many stand in a row.</summary>
    internal const int Columns = 9;

    /// <summary>The rows of a grid.</summary>
    /// <param name="entries">The emoji.</param>
    /// <param name="tone">The person's skin tone.</param>
    /// <param name="startsTabbing">Whether Tab stops at the first of them; the module carries the stop along.</param>
    internal static MarkupString Rows(IReadOnlyList<EmojiEntry> entries, SkinTone tone, bool startsTabbing)
    {
        var markup = new StringBuilder(entries.Count * 150);
        foreach (var (index, entry) in entries.Index())
        {
            if (index % Columns == 0)
                markup.Append(index == 0 ? "" : "</div>").Append("<div role=\"row\" class=\"emoji__row\">");
            markup.Append(
                CultureInfo.InvariantCulture,
                $"""<button type="button" role="gridcell" class="emoji__one" tabindex="{(startsTabbing && index == 0 ? 0 : -1)}" data-name="{entry.Name}" aria-label="{HtmlEncoder.Default.Encode(entry.Label)}">{entry.In(tone)}</button>""");
        }

        return new MarkupString(markup.Append(entries.Count == 0 ? "" : "</div>").ToString());
    }
}
