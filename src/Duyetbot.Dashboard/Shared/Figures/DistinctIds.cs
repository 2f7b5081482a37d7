namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Numbers, some of them more than once, that are counted as different ones only when someone asks.</summary>
internal struct DistinctIds
{
    private HashSet<int>? _single;
    private IdRun _first;
    private List<IdRun>? _more;
    private long _rows;
    private int _count;

    public delegate void Collector<in TOwner>(TOwner owner, ref DistinctUnion union);

    public void Add(int id) => (_single ??= []).Add(id);

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

/// <summary>Several sets of numbers, to be counted as one.</summary>
internal struct DistinctUnion
{
    private const int Few = 256;

    [ThreadStatic]
    private static IdBits? _bits;

    private List<HashSet<int>>? _sets;
    private List<IdRun>? _runs;
    private int _total;

    public void Add(HashSet<int> set)
    {
        (_sets ??= []).Add(set);
        _total += set.Count;
    }

    public void Add(IdRun run)
    {
        (_runs ??= []).Add(run);
        _total += run.Count;
    }

    public readonly int Count()
    {
        if (_total == 0 || (_sets?.Count ?? 0) + (_runs?.Count ?? 0) == 1)
            return _total;
        return _total <= Few ? CountFew() : CountMany();
    }

    private readonly int CountFew()
    {
        Span<int> all = stackalloc int[Few];
        var at = 0;
        foreach (var set in _sets ?? [])
        {
            foreach (var id in set)
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
        foreach (var set in _sets ?? [])
        {
            foreach (var id in set)
                bits.Add(id);
        }

        foreach (var run in _runs ?? [])
            run.MarkIn(bits);
        return bits.Count;
    }
}
