namespace Parley.Server.Storage;

/// <summary>A prepared statement. Set all of its parameters, then run it: <c>Set("@a", 1).Set("@b", "x").Execute()</c>.</summary>
internal abstract class Statement : IDisposable
{
    public abstract Statement Set(string name, long value);

    public abstract Statement Set(string name, long? value);

    public abstract Statement Set(string name, string? value);

    /// <summary>Runs it and tells how many rows it changed.</summary>
    public abstract int Execute();

    /// <summary>The first column of the first row; null where there is none, or where it is NULL.</summary>
    public long? Integer()
    {
        try
        {
            return Step() && !Current.IsNull(0) ? Current.Integer(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first column of the first row; null where there is none, or where it is NULL.</summary>
    public string? Text() => First(row => row.IsNull(0) ? null : row.Text(0));

    /// <summary>The first row, read by <paramref name="read"/>; null where there is none.</summary>
    public T? First<T>(Func<Row, T?> read)
        where T : class
    {
        try
        {
            return Step() ? read(Current) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>All rows, each read by <paramref name="read"/>.</summary>
    public List<T> All<T>(Func<Row, T> read)
    {
        List<T> rows = [];
        try
        {
            while (Step())
                rows.Add(read(Current));
            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Hands over all rows, one after another.</summary>
    public void Each(Action<Row> take)
    {
        try
        {
            while (Step())
                take(Current);
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The row that the last step came to.</summary>
    protected abstract Row Current { get; }

    /// <summary>Goes to the next row; false where there is none. The first step runs the statement.</summary>
    protected abstract bool Step();

    /// <summary>Ends the run, so that the statement can be run again.</summary>
    protected abstract void Reset();

    protected abstract void Dispose(bool disposing);
}
