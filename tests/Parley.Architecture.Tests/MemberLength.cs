using System.Text.RegularExpressions;

namespace Parley.Architecture.Tests;

/// <summary>
/// Finds the methods of a C# file and how many lines each has, from its signature to its last brace. It knows no more of the language than it needs:
/// comments and text are blanked, and a brace belongs to a type where the words before it say so, to a method where a type holds it.
/// </summary>
internal static partial class MemberLength
{
    public static IEnumerable<(string Header, int Line, int LineCount)> Of(string source)
    {
        var code = Blanked().Replace(source, match => Hollow(match.Value));
        var blocks = new Stack<(bool IsType, int Start, string Header)>();
        var headerStart = 0;
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '{':
                    var header = code[headerStart..i].Trim();
                    blocks.Push((TypeWords().IsMatch(BeforeConstraints(header)), i - code[headerStart..i].TrimStart().Length, header));
                    headerStart = i + 1;
                    break;
                case '}' when blocks.TryPop(out var block):
                    if (!block.IsType && IsHeldByType(blocks) && IsMethod(block.Header))
                        yield return Found(code, block.Header, block.Start, i);
                    headerStart = i + 1;
                    break;
                case ';':
                    var statement = code[headerStart..i];
                    if (IsHeldByType(blocks) && IsMethod(statement.Trim()))
                        yield return Found(code, statement.Trim(), i - statement.TrimStart().Length, i);
                    headerStart = i + 1;
                    break;
            }
        }
    }

    private static bool IsHeldByType(Stack<(bool IsType, int Start, string Header)> blocks) => blocks.TryPeek(out var outer) && outer.IsType;

    // A method has parameters; what is assigned (a table of values, say) is none, however long it is.
    private static bool IsMethod(string header)
    {
        var parameters = header.IndexOf('(', StringComparison.Ordinal);
        var assignment = AssignmentSign().Match(header);
        return parameters >= 0 && (!assignment.Success || parameters < assignment.Index);
    }

    private static string BeforeConstraints(string header) => header.Split(" where ")[0];

    private static (string Header, int Line, int LineCount) Found(string code, string header, int start, int end) =>
        (header.ReplaceLineEndings(" "), LineOf(code, start), LineOf(code, end) - LineOf(code, start) + 1);

    private static int LineOf(string code, int index) => code.AsSpan(0, index).Count('\n') + 1;

    private static string Hollow(string text) => Regex.Replace(text, "[^\n]", " ");

    // Comments; raw, verbatim and plain text; characters.
    [GeneratedRegex("""""
        //[^\n]*|/\*.*?\*/|\$*("{3,}).*?\1|\$?@\$?"(?:""|[^"])*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'
        """"", RegexOptions.Singleline)]
    private static partial Regex Blanked();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum|namespace|extension)\b")]
    private static partial Regex TypeWords();

    [GeneratedRegex("(?<![=!<>])=(?![=>])")]
    private static partial Regex AssignmentSign();
}
