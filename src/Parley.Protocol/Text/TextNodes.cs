namespace Parley.Protocol.Text;

/// <summary>A part of a message's text. Positions are those of UTF-16 units in the source.</summary>
/// <param name="start">The first unit.</param>
/// <param name="end">Behind the last unit.</param>
public abstract class TextNode(int start, int end)
{
    /// <summary>The first unit.</summary>
    public int Start { get; } = start;

    /// <summary>Behind the last unit.</summary>
    public int End { get; private protected set; } = end;
}

/// <summary>A part without parts. All leaves of a tree, in order, are the source, each unit once.</summary>
public abstract class TextLeaf(int start, int end) : TextNode(start, end);

/// <summary>What is not shown, because what it does is: <c>**</c>, <c>&gt; </c>, a backslash, the line break between two blocks.</summary>
public sealed class MarkLeaf(int start, int end) : TextLeaf(start, end);

/// <summary>Words, shown as they were typed, line breaks included.</summary>
public sealed class WordsLeaf(int start, int end) : TextLeaf(start, end);

/// <summary>Code, shown as it was typed.</summary>
public sealed class CodeLeaf(int start, int end) : TextLeaf(start, end);

/// <summary>A web address that stands for itself.</summary>
public sealed class AddressLeaf(int start, int end) : TextLeaf(start, end);

/// <summary><c>@name</c>. Whether somebody has that name is not asked here.</summary>
public sealed class NameLeaf(int start, int end) : TextLeaf(start, end);

/// <summary><c>#name</c>. Whether a channel has that name is not asked here.</summary>
public sealed class ChannelLeaf(int start, int end) : TextLeaf(start, end);

/// <summary><c>:name:</c>. Whether an emoji has that name is not asked here.</summary>
public sealed class EmojiLeaf(int start, int end) : TextLeaf(start, end);

/// <summary><c>&lt;t:UNIX:STYLE&gt;</c>, a point in time.</summary>
/// <param name="start">The first unit.</param>
/// <param name="end">Behind the last unit.</param>
/// <param name="at">When, in UTC.</param>
/// <param name="style">One of <c>t T d D f F R</c>; <c>f</c> where none was typed.</param>
public sealed class TimeLeaf(int start, int end, DateTimeOffset at, char style) : TextLeaf(start, end)
{
    /// <summary>When, in UTC.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>One of <c>t T d D f F R</c>.</summary>
    public char Style { get; } = style;
}

/// <summary>A part with parts, which together are all of it.</summary>
public abstract class TextBranch : TextNode
{
    private readonly List<TextNode> _children;

    private protected TextBranch(int start)
        : base(start, start) => _children = [];

    private protected TextBranch(List<TextNode> children)
        : base(children[0].Start, children[^1].End) => _children = children;

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<TextNode> Children => _children;

    internal void Add(TextNode child)
    {
        _children.Add(child);
        End = child.End;
    }

    internal void Insert(int index, List<TextNode> children) => _children.InsertRange(index, children);

    // Once all is in it: a branch ends where its last part does.
    internal void Close()
    {
        foreach (var child in _children)
            (child as TextBranch)?.Close();
        End = _children.Count > 0 ? _children[^1].End : Start;
    }
}

/// <summary>A whole message: blocks, and the line breaks between them.</summary>
public sealed class MessageBranch : TextBranch
{
    internal MessageBranch()
        : base(0)
    {
    }
}

/// <summary>Lines of text, blank ones among them.</summary>
public sealed class ParagraphBranch : TextBranch
{
    internal ParagraphBranch(int start)
        : base(start)
    {
    }
}

/// <summary>A title.</summary>
public sealed class HeadingBranch : TextBranch
{
    internal HeadingBranch(int start, int level)
        : base(start) => Level = level;

    /// <summary>1, 2 or 3.</summary>
    public int Level { get; }
}

/// <summary>A line in small letters.</summary>
public sealed class SmallBranch : TextBranch
{
    internal SmallBranch(int start)
        : base(start)
    {
    }
}

/// <summary>What is quoted: blocks.</summary>
public sealed class QuoteBranch : TextBranch
{
    internal QuoteBranch(int start)
        : base(start)
    {
    }
}

/// <summary>A list: items of one kind.</summary>
public sealed class ListBranch : TextBranch
{
    internal ListBranch(int start, bool isNumbered)
        : base(start) => IsNumbered = isNumbered;

    /// <summary>Whether its items have numbers.</summary>
    public bool IsNumbered { get; }
}

/// <summary>An item of a list: its mark, its line, and the lists in it.</summary>
public sealed class ItemBranch : TextBranch
{
    internal ItemBranch(int start, string mark)
        : base(start) => Mark = mark;

    /// <summary>As it was typed: <c>-</c>, <c>*</c>, <c>3.</c>, <c>07)</c>.</summary>
    public string Mark { get; }

    /// <summary>Its number, 0 to 999; null where it has none.</summary>
    public int? Number => char.IsAsciiDigit(Mark[0]) ? int.Parse(Mark.AsSpan(0, Mark.Length - 1), System.Globalization.CultureInfo.InvariantCulture) : null;
}

/// <summary>Fenced code: code, and marks. It stands among the words of its line, and is shown as a block.</summary>
public sealed class CodeBlockBranch : TextBranch
{
    internal CodeBlockBranch(int start, string? language)
        : base(start) => Language = language;

    /// <summary>What the writer called its language; null where nothing was said.</summary>
    public string? Language { get; }
}

/// <summary>Code within a line: code, and marks.</summary>
public sealed class CodeSpanBranch : TextBranch
{
    internal CodeSpanBranch(int start)
        : base(start)
    {
    }
}

/// <summary>Emphasized words.</summary>
public sealed class EmphasisBranch : TextBranch
{
    internal EmphasisBranch(List<TextNode> children, Emphasis kind)
        : base(children) => Kind = kind;

    /// <summary>How.</summary>
    public Emphasis Kind { get; }
}

/// <summary>Ways to emphasize.</summary>
public enum Emphasis
{
    /// <summary><c>*x*</c>, <c>_x_</c>.</summary>
    Italic,

    /// <summary><c>**x**</c>.</summary>
    Bold,

    /// <summary><c>__x__</c>.</summary>
    Underline,

    /// <summary><c>~~x~~</c>.</summary>
    Strike,
}

/// <summary><c>[words](address)</c> or <c>&lt;address&gt;</c>.</summary>
public sealed class LinkBranch : TextBranch
{
    internal LinkBranch(List<TextNode> children, string address)
        : base(children) => Address = address;

    /// <summary>As it was typed.</summary>
    public string Address { get; }
}

/// <summary>What its author hid: a range laid over the leaves, whatever they belong to.</summary>
/// <param name="Start">The first hidden unit.</param>
/// <param name="End">Behind the last hidden unit.</param>
public readonly record struct Spoiler(int Start, int End);
