namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Numbers, some of them more than once, that are counted as different ones only when someone asks.</summary>
internal struct DistinctIds
{
    private List<int>? _single;
    private IdRun _first;
    private List<IdRun>? _more;
    private long _rows;
    private int _count;

    public delegate void Collector<in TOwner>(TOwner owner, ref DistinctUnion union);

    /// <summary>Adds one; the same one again in a row takes no room.</summary>
    public void Add(int id)
    {
        _single ??= [];
        if (_single.Count == 0 || _single[^1] != id)
            _single.Add(id);
    }

    public void Add(IdRun run)
    {
        if (_first.Count == 0)
            _first = run;
        else
            (_more ??= []).Add(run);
    }

    /// <summary>How many different ones the owner collects; remembered until it has more rows.</summary>
    public int Count<TOwner>(long rows, TOwner owner, Collector<TOwner> collect)
    {
        if (_rows == rows)
            return _count;
        var union = default(DistinctUnion);
        collect(owner, ref union);
        (_rows, _count) = (rows, union.Count());
        return _count;
    }

    public readonly void CollectInto(ref DistinctUnion union)
    {
        if (_single is not null)
            union.Add(_single);
        if (_first.Count > 0)
            union.Add(_first);
        if (_more is null)
            return;
        foreach (var run in _more)
            union.Add(run);
    }
}

/// <summary>Several lists of numbers, to be counted as one set.</summary>
internal struct DistinctUnion
{
    private const int Few = 256;

    [ThreadStatic]
    private static IdBits? _bits;

    private List<List<int>>? _lists;
    private List<IdRun>? _runs;
    private int _total;

    public void Add(List<int> list)
    {
        (_lists ??= []).Add(list);
        _total += list.Count;
    }

    public void Add(IdRun run)
    {
        (_runs ??= []).Add(run);
        _total += run.Count;
    }

    public readonly int Count()
    {
        // The numbers of one run are different ones.
        if (_total <= 1 || (_lists is null && _runs!.Count == 1))
            return _total;
        return _total <= Few ? CountFew() : CountMany();
    }

    private readonly int CountFew()
    {
        Span<int> all = stackalloc int[Few];
        var at = 0;
        foreach (var list in _lists ?? [])
        {
            foreach (var id in list)
                all[at++] = id;
        }

        foreach (var run in _runs ?? [])
        {
            run.CopyTo(all[at..]);
            at += run.Count;
        }

        all = all[..at];
        all.Sort();
        var count = 1;
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i] != all[i - 1])
                count++;
        }

        return count;
    }

    private readonly int CountMany()
    {
        var bits = _bits ??= new IdBits();
        bits.Clear();
        foreach (var list in _lists ?? [])
        {
            foreach (var id in list)
                bits.Add(id);
        }

        foreach (var run in _runs ?? [])
            run.MarkIn(bits);
        return bits.Count;
    }
}
