namespace Parley.Testing;

/// <summary>The lines of one stream of a process, as they come.</summary>
internal sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private bool _closed;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>The stream has ended: no line follows.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _closed;
        }
    }

    /// <summary>Takes a line; null is the stream's end (as <see cref="System.Diagnostics.Process.OutputDataReceived"/> says it).</summary>
    public void Add(string? line)
    {
        lock (_lock)
        {
            if (line is null)
                _closed = true;
            else
                _lines.Add(line);
        }
    }
}
