namespace Duyetbot.Dashboard.Import;

/// <summary>The input cannot be imported; the message says why, and nothing was written.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>How far an import is.</summary>
/// <param name="Phase">What is being done, in words.</param>
/// <param name="Done">Rows or bytes so far, in the unit of <paramref name="Total"/>.</param>
/// <param name="Total">All of them; 0 when that is not known.</param>
public readonly record struct ImportProgress(string Phase, long Done, long Total);

/// <summary>A row or statement that was not taken.</summary>
/// <param name="Where">The line of the dump, or the table and the row's id.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ImportRejection(string Where, string Reason);

/// <summary>What happened to the rows of one table.</summary>
public sealed class ImportCounts
{
    /// <summary>Rows that the input holds, rejected ones included.</summary>
    public long Read { get; internal set; }

    /// <summary>Rows that were not here.</summary>
    public long Added { get; internal set; }

    /// <summary>Rows that were here and of which something was filled in.</summary>
    public long Updated { get; internal set; }

    /// <summary>Rows that were here already, with nothing to fill in.</summary>
    public long Skipped { get; internal set; }

    /// <summary>Rows that could not be taken.</summary>
    public long Rejected { get; internal set; }
}

/// <summary>What an import did, or with a dry run would do.</summary>
public sealed class ImportReport
{
    /// <summary>How many rejections and ambiguous rows are named; all are counted.</summary>
    public const int NamedAtMost = 100;

    private readonly List<ImportRejection> _rejections = [];
    private readonly List<string> _ambiguous = [];
    private readonly SortedDictionary<string, ImportCounts> _tables = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, string First)> _left = new(StringComparer.Ordinal);

    /// <summary>Counts by table, in alphabetical order.</summary>
    public IReadOnlyDictionary<string, ImportCounts> Tables => _tables;

    /// <summary>The first rejections, with place and reason.</summary>
    public IReadOnlyList<ImportRejection> Rejections => _rejections;

    /// <summary>What is not of the bot and was left aside: a table's rows or a kind of statement, how many, and where the first stands.</summary>
    public IReadOnlyDictionary<string, (long Count, string First)> LeftAside => _left;

    /// <summary>Rows of a dump in which a line break cannot be told from a backslash and an n in code.</summary>
    public long AmbiguousRows { get; private set; }

    /// <summary>Where the first of those rows stand.</summary>
    public IReadOnlyList<string> Ambiguous => _ambiguous;

    /// <summary>Messages whose event is in neither database: taken without it, the id kept in metadata under legacy.</summary>
    public long WithoutEvent { get; internal set; }

    /// <summary>Rows of the duplicate tables of older versions, which were folded into messages and events.</summary>
    public long Folded { get; internal set; }

    /// <summary>True when nothing was written.</summary>
    public bool DryRun { get; internal set; }

    /// <summary>Rows read in all tables.</summary>
    public long Read => _tables.Values.Sum(t => t.Read);

    /// <summary>Rows added in all tables.</summary>
    public long Added => _tables.Values.Sum(t => t.Added);

    /// <summary>Rows updated in all tables.</summary>
    public long Updated => _tables.Values.Sum(t => t.Updated);

    /// <summary>Rows that were here already, in all tables.</summary>
    public long Skipped => _tables.Values.Sum(t => t.Skipped);

    /// <summary>Rows rejected in all tables.</summary>
    public long Rejected => _tables.Values.Sum(t => t.Rejected);

    /// <summary>Told of each row that is rejected while it is merged, and why.</summary>
    internal Action<InputRow, string>? RowRejected { get; init; }

    internal ImportCounts Of(string table)
    {
        if (!_tables.TryGetValue(table, out var counts))
            _tables[table] = counts = new ImportCounts();
        return counts;
    }

    internal void Reject(InputRow row, string reason)
    {
        Reject(row.Table, row.Where, reason);
        RowRejected?.Invoke(row, reason);
    }

    internal void Reject(string table, string where, string reason)
    {
        Of(table).Rejected++;
        if (_rejections.Count < NamedAtMost)
            _rejections.Add(new(where, reason));
    }

    internal void LeaveAside(string what, string where, long count = 1) =>
        _left[what] = _left.TryGetValue(what, out var known) ? (known.Count + count, known.First) : (count, where);

    internal void NameAmbiguous(string where)
    {
        AmbiguousRows++;
        if (_ambiguous.Count < NamedAtMost)
            _ambiguous.Add(where);
    }
}
