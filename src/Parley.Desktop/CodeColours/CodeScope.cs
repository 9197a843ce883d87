namespace Parley.Desktop.CodeColours;

/// <summary>Turns TextMate's names of scopes, of which there are thousands, into the few kinds that have a colour.</summary>
internal static class CodeScope
{
    private const string Nothing = "";

    // The first that fits counts, so what is special stands above what is general.
    private static readonly (string Scope, string Kind)[] Kinds =
    [
        ("comment", "comment"),
        ("punctuation.definition.template", Nothing),
        ("meta.template.expression", Nothing),
        ("meta.interpolation", Nothing),
        ("meta.embedded", Nothing),
        ("constant.character.escape", "number"),
        ("string", "string"),
        ("constant", "number"),
        ("support.constant", "number"),
        ("keyword.operator.new", "keyword"),
        ("keyword.operator", Nothing),
        ("keyword", "keyword"),
        ("storage", "keyword"),
        ("variable.language", "keyword"),
        ("entity.name.function", "function"),
        ("support.function", "function"),
        ("entity.other.attribute-name", "function"),
        ("support.type.property-name", "function"),
        ("entity.name.tag", "keyword"),
        ("entity.name.variable", Nothing),
        ("entity.name", "type"),
        ("entity.other.inherited-class", "type"),
        ("support.type", "type"),
        ("support.class", "type"),
        ("markup.inserted", "inserted"),
        ("markup.deleted", "deleted"),
        ("markup.heading", "keyword"),
        ("meta.diff", "comment"),
        ("variable", Nothing),
    ];

    /// <summary>The kind of a token; null for nothing in particular.</summary>
    /// <param name="scopes">From the widest to the narrowest, which says most.</param>
    internal static string? KindOf(IReadOnlyList<string> scopes)
    {
        for (var at = scopes.Count - 1; at >= 0; at--)
        {
            foreach (var (scope, kind) in Kinds)
            {
                if (scopes[at].StartsWith(scope, StringComparison.Ordinal))
                    return kind == Nothing ? null : kind;
            }
        }

        return null;
    }
}
