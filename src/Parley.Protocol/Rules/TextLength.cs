namespace Parley.Protocol.Rules;

/// <summary>Lengths as every rule counts them: in Unicode code points.</summary>
public static class TextLength
{
    /// <summary>The number of code points in <paramref name="text"/>; half of a surrogate pair counts as one.</summary>
    public static int CodePoints(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                count--;
                i++;
            }
        }

        return count;
    }
}
