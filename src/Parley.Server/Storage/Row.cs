namespace Parley.Server.Storage;

/// <summary>The row that a statement stands at; good until its next step.</summary>
internal abstract class Row
{
    public abstract bool IsNull(int column);

    /// <summary>An integer; 0 or 1 for what is true or not.</summary>
    public abstract long Integer(int column);

    public abstract string Text(int column);
}
