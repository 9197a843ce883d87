using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Parley.UI.Primitives;

/// <summary>Gives a field the ids that tie it to its label and its note.</summary>
public abstract class FieldBase : ComponentBase
{
    private static int _last;

    /// <summary>The id of the input.</summary>
    protected string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"field-{Interlocked.Increment(ref _last)}");

    /// <summary>The id of what is said about it.</summary>
    protected string NoteId => $"{Id}-note";
}
