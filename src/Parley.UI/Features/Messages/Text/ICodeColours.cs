namespace Parley.UI.Features.Messages.Text;

/// <summary>Colours for code, where the host has an engine for them: what there is is native code, which a program in a browser cannot have.</summary>
public interface ICodeColours
{
    /// <summary>What was found out before; null where nothing was.</summary>
    IReadOnlyList<CodePart>? Kept(string code, string language);

    /// <summary>The parts of the code, which together are all of it; null where it stays plain.</summary>
    /// <param name="code">The code.</param>
    /// <param name="language">What the writer called its language: a name, or the end of a file's name.</param>
    Task<IReadOnlyList<CodePart>?> HighlightAsync(string code, string language);
}

/// <summary>A stretch of code.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Kind">What it is, as the end of a class's name; null for nothing in particular.</param>
public sealed record CodePart(string Text, string? Kind);
