namespace Parley.Server.Events.People;

/// <summary>
/// Members by name, in pieces of some hundreds. Inserting moves at most one piece, however many members there are; an index is found by going along the
/// pieces.
/// </summary>
internal sealed class SortedByName
{
    private const int MostInAPiece = 512;

    private readonly List<List<ListedMember>> _pieces = [[]];

    public int Count { get; private set; }

    public ListedMember this[int index]
    {
        get
        {
            foreach (var piece in _pieces)
            {
                if (index < piece.Count)
                    return piece[index];
                index -= piece.Count;
            }

            throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    /// <summary>Puts a member where the name belongs, over whoever has the name.</summary>
    public void Put(ListedMember entry)
    {
        var (at, index, isThere) = Find(entry.Member.Username);
        var piece = _pieces[at];
        if (isThere)
        {
            piece[index] = entry;
            return;
        }

        piece.Insert(index, entry);
        Count++;
        if (piece.Count <= MostInAPiece)
            return;
        _pieces.Insert(at + 1, piece.GetRange(MostInAPiece / 2, piece.Count - (MostInAPiece / 2)));
        piece.RemoveRange(MostInAPiece / 2, piece.Count - (MostInAPiece / 2));
    }

    public void Remove(string name)
    {
        var (at, index, isThere) = Find(name);
        if (!isThere)
            return;
        _pieces[at].RemoveAt(index);
        Count--;
        if (_pieces[at].Count == 0 && _pieces.Count > 1)
            _pieces.RemoveAt(at);
    }

    /// <summary>Forgets all but the first.</summary>
    public void KeepFirst(int count)
    {
        List<ListedMember> first = [.. _pieces.SelectMany(piece => piece).Take(count)];
        _pieces.Clear();
        _pieces.AddRange(first.Chunk(MostInAPiece / 2).Select(part => part.ToList()));
        Count = first.Count;
    }

    /// <summary>The index of the first member whose name is this one or comes behind it.</summary>
    public int IndexOf(string name)
    {
        var (at, index, _) = Find(name);
        for (var i = 0; i < at; i++)
            index += _pieces[i].Count;
        return index;
    }

    /// <summary>The index of the first member behind a name (null: of all).</summary>
    public int IndexAfter(string? name)
    {
        if (name is null)
            return 0;
        var index = IndexOf(name);
        return index < Count && MemberOrder.Compare(this[index].Member.Username, name) == 0 ? index + 1 : index;
    }

    /// <summary>Adds the first to <paramref name="members"/>, as many as <paramref name="bytesLeft"/> bytes of JSON hold.</summary>
    /// <returns>Where it ended for want of bytes the last name that was taken, which may be none; null where everybody was.</returns>
    public string? TakeFirst(ref int bytesLeft, List<ListedMember> members)
    {
        var last = "";
        foreach (var entry in _pieces.SelectMany(piece => piece))
        {
            bytesLeft -= entry.Json.Length + 1;
            if (bytesLeft < 0)
                return last;
            members.Add(entry);
            last = entry.Member.Username;
        }

        return null;
    }

    private (int Piece, int Index, bool IsThere) Find(string name)
    {
        var (low, high) = (0, _pieces.Count - 1);
        while (low < high)
        {
            // The last piece that begins at or before the name.
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Count > 0 && MemberOrder.Compare(_pieces[middle][0].Member.Username, name) <= 0)
                low = middle;
            else
                high = middle - 1;
        }

        var piece = _pieces[low];
        var (first, end) = (0, piece.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            var order = MemberOrder.Compare(piece[middle].Member.Username, name);
            if (order == 0)
                return (low, middle, true);
            if (order < 0)
                first = middle + 1;
            else
                end = middle;
        }

        return (low, first, false);
    }
}
