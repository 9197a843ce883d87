namespace Parley.Server.Storage.Logs;

/// <summary>Items that follow one another in a round and whose drafts are not in the log yet.</summary>
internal sealed class DraftRun(IDraftLog log)
{
    private readonly List<IDraftItem> _items = [];
    private readonly List<Draft> _drafts = [];
    private readonly List<MessagePosition> _positions = [];

    /// <summary>Adds an item that has been run, and has drafted something.</summary>
    public void Add(IDraftItem item)
    {
        _items.Add(item);
        _drafts.Add(item.TakeDraft());
    }

    /// <summary>Appends all of them to the log; afterwards the run is empty, whether or not that worked.</summary>
    public void Append()
    {
        if (_items.Count == 0)
            return;
        try
        {
            log.Append(_drafts, _positions);
            for (var i = 0; i < _items.Count; i++)
                _items[i].Appended(_positions[i]);
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Forgets what is not appended.</summary>
    public void Clear()
    {
        _items.Clear();
        _drafts.Clear();
        _positions.Clear();
    }
}
