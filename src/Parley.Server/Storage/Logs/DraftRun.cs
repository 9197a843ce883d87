namespace Parley.Server.Storage.Logs;

/// <summary>Items that follow one another in a round and whose drafts have no place yet.</summary>
internal sealed class DraftRun(IDraftLog log)
{
    private readonly List<DraftItem> _items = [];
    private readonly List<Draft> _drafts = [];
    private readonly List<MessagePlace> _places = [];

    /// <summary>Adds an item that has been run, and has drafted something.</summary>
    public void Add(DraftItem item)
    {
        _items.Add(item);
        _drafts.Add(item.TakeDraft());
    }

    /// <summary>Places all of them; afterwards the run is empty, whether or not that worked.</summary>
    public void Place()
    {
        if (_items.Count == 0)
            return;
        try
        {
            log.Append(_drafts, _places);
            for (var i = 0; i < _items.Count; i++)
                _items[i].Placed(_places[i]);
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Forgets what is not placed.</summary>
    public void Clear()
    {
        _items.Clear();
        _drafts.Clear();
        _places.Clear();
    }
}
