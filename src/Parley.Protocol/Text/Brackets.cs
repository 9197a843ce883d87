namespace Parley.Protocol.Text;

/// <summary>
/// Which bracket belongs to which, found for the whole text at once and only when it is first asked: looked for from each bracket anew, a text of brackets
/// would take the square of its length. Pairs are within one word; what ends an address ends them.
/// </summary>
internal sealed class Brackets(TextSource source)
{
    private const int None = -1;
    private int[]? _partner;
    private int[]? _stop;

    /// <summary>The other bracket of a pair; negative where it has none.</summary>
    internal int PartnerOf(int at) => (_partner ??= Pair())[at];

    /// <summary>The first sign from a place on that ends every address; the text's length where there is none.</summary>
    internal int StopAfter(int at) => (_stop ??= Stops())[at];

    private int[] Pair()
    {
        var text = source.Text;
        var partner = new int[text.Length];
        Array.Fill(partner, None);
        var open = new Stack<int>();
        Span<int> counts = stackalloc int[3];
        for (var i = 0; i < text.Length; i++)
        {
            source.Steps++;
            if (AddressSigns.IsStop(source, i))
            {
                open.Clear();
                counts.Clear();
            }
            else if (KindOf(text[i]) is >= 0 and var kind)
            {
                if (text[i] is '(' or '[' or '{')
                {
                    open.Push(i);
                    counts[kind]++;
                }
                else if (counts[kind] > 0)
                {
                    Take(partner, open, counts, i, kind);
                }
            }
        }

        return partner;
    }

    private void Take(int[] partner, Stack<int> open, Span<int> counts, int closer, int kind)
    {
        while (open.TryPop(out var opener))
        {
            source.Steps++;
            var found = KindOf(source.Text[opener]);
            counts[found]--;
            if (found != kind)
                continue;
            partner[opener] = closer;
            partner[closer] = opener;
            return;
        }
    }

    private int[] Stops()
    {
        var stops = new int[source.Length + 1];
        stops[source.Length] = source.Length;
        for (var i = source.Length - 1; i >= 0; i--)
            stops[i] = AddressSigns.IsStop(source, i) ? i : stops[i + 1];
        source.Steps += source.Length;
        return stops;
    }

    private static int KindOf(char c) => c switch
    {
        '(' or ')' => 0,
        '[' or ']' => 1,
        '{' or '}' => 2,
        _ => None,
    };
}
