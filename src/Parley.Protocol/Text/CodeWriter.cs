namespace Parley.Protocol.Text;

/// <summary>Makes the nodes of code: its back quotes, its lines, and between them the marks of the quote that it is in.</summary>
internal sealed class CodeWriter(TextSource source, LineTable lines)
{
    internal TextBranch Write(CodeRange code)
    {
        TextBranch branch = code.IsBlock ? new CodeBlockBranch(code.Start, code.Language) : new CodeSpanBranch(code.Start);
        Mark(branch, code.Start, code.InnerStart);
        var line = lines.LineAt(code.InnerStart);
        for (var at = code.InnerStart; at < code.InnerEnd; line++)
        {
            source.Steps++;
            var content = lines.ContentOf(line);
            if (at < content)
            {
                Mark(branch, at, content);
                at = content;
            }

            var end = Math.Min(code.InnerEnd, Math.Min(lines.EndOf(line) + 1, source.Length));
            if (at < end)
                branch.Add(new CodeLeaf(at, end));
            at = Math.Max(at, end);
        }

        Mark(branch, code.InnerEnd, code.End);
        return branch;
    }

    private static void Mark(TextBranch branch, int start, int end)
    {
        if (start < end)
            branch.Add(new MarkLeaf(start, end));
    }
}
