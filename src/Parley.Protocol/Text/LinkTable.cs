namespace Parley.Protocol.Text;

/// <summary><c>[words](address)</c>.</summary>
/// <param name="WordsEnd">Where <c>](</c> stands.</param>
/// <param name="AddressStart">Where the address starts.</param>
/// <param name="AddressEnd">Behind the address.</param>
/// <param name="End">Behind the closing bracket.</param>
internal readonly record struct WordedLink(int WordsEnd, int AddressStart, int AddressEnd, int End);

/// <summary>
/// All <c>[words](address)</c> of a text, found at once when the first is asked for. The innermost brackets win, and no link is in another's words.
/// </summary>
internal sealed class LinkTable(TextSource source, AddressReader addresses)
{
    private Dictionary<int, WordedLink>? _links;

    /// <summary>The link whose bracket stands at a place; null where none does.</summary>
    internal WordedLink? At(int at) => (_links ??= Find()).TryGetValue(at, out var link) ? link : null;

    private Dictionary<int, WordedLink> Find()
    {
        Dictionary<int, WordedLink> links = [];
        var text = source.Text;
        if (!text.Contains("](", StringComparison.Ordinal))
            return links;
        Stack<(int At, bool IsEscaped)> open = [];
        for (int i = 0, code = 0; i < text.Length; i++)
        {
            source.Steps++;
            if (code < source.Code.Count && source.Code[code].Start == i)
            {
                i = source.Code[code++].End - 1;
                continue;
            }

            if (text[i] == '[')
                open.Push((i, source.IsEscaped(i, 0)));
            else if (text[i] == ']')
                Close(i, open, links);
        }

        return links;
    }

    private void Close(int at, Stack<(int At, bool IsEscaped)> open, Dictionary<int, WordedLink> links)
    {
        var link = Read(at);
        if (source.IsEscaped(at, 0))
        {
            Mark(link, at);
            return;
        }

        while (open.TryPop(out var opener))
        {
            source.Steps++;
            if (opener.IsEscaped)
            {
                Mark(link, opener.At);
                continue;
            }

            var isPicture = opener.At > 0 && source.Text[opener.At - 1] == '!';
            if (link is { } found && !isPicture && source.HasInk(opener.At + 1, at))
            {
                links[opener.At] = found;
                source.Flags[opener.At] |= SignFlags.Live;
                open.Clear();
            }

            return;
        }
    }

    private void Mark(WordedLink? link, int at)
    {
        if (link is not null)
            source.Flags[at] |= SignFlags.Live;
    }

    // What stands behind a closing bracket: (address), (<address>), with spaces within.
    private WordedLink? Read(int bracket)
    {
        var text = source.Text;
        if (bracket + 1 >= text.Length || text[bracket + 1] != '(')
            return null;
        var start = source.SkipSpaces(bracket + 2, text.Length);
        var isAngled = start < text.Length && text[start] == '<';
        if (isAngled)
            start++;
        var stop = source.Brackets.StopAfter(Math.Min(start, text.Length));
        var partner = source.Brackets.PartnerOf(bracket + 1);
        if (!isAngled && partner > start)
            return With(bracket, start, partner, partner);
        if (stop >= text.Length)
            return !isAngled && start < stop && text[stop - 1] == ')' && source.Brackets.PartnerOf(stop - 1) < 0
                ? With(bracket, start, stop - 1, stop - 1)
                : null;
        if (!isAngled && stop > start && text[stop - 1] == ')' && source.Brackets.PartnerOf(stop - 1) < 0)
            return With(bracket, start, stop - 1, stop - 1);
        if (text[stop] != (isAngled ? '>' : ' '))
            return null;
        var close = source.SkipSpaces(stop + 1, text.Length);
        return close < text.Length && text[close] == ')' ? With(bracket, start, stop, close) : null;
    }

    private WordedLink? With(int bracket, int start, int end, int close) =>
        start < end && addresses.IsWhole(start, end) ? new WordedLink(bracket, start, end, close + 1) : null;
}
