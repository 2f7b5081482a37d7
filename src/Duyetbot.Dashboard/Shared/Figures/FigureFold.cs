namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Sums of one key: in all and per period.</summary>
public sealed class FigureSeries
{
    private readonly FigureSum?[] _cells;

    internal FigureSeries(string? key, int periods)
    {
        Key = key;
        _cells = new FigureSum?[periods];
        Total = new FigureSum(() => _cells.OfType<FigureSum>());
    }

    private FigureSeries(string? key, string? label, FigureSum?[] cells, FigureSum total)
    {
        Key = key;
        Label = label;
        _cells = cells;
        Total = total;
    }

    /// <summary>What the rows have in common; null where they have none.</summary>
    public string? Key { get; }

    /// <summary>The key in a person's words, or null; of several the last one by code points, as in analytics_conversations_view.</summary>
    public string? Label { get; private set; }

    /// <summary>The sum over all periods.</summary>
    public FigureSum Total { get; }

    /// <summary>The sum in a period; of nothing where it had no row.</summary>
    public FigureSum this[int period] => _cells[period] ?? FigureSum.Nothing;

    /// <summary>How many periods there are.</summary>
    public int Count => _cells.Length;

    /// <summary>Several series of one fold as one.</summary>
    public static FigureSeries Merge(string key, string label, IReadOnlyList<FigureSeries> parts)
    {
        var cells = new FigureSum?[parts.Count == 0 ? 0 : parts[0].Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var here = parts.Select(p => p._cells[i]).OfType<FigureSum>().ToList();
            cells[i] = here.Count == 0 ? null : FigureSum.Of(here);
        }

        return new FigureSeries(key, label, cells, FigureSum.Of(parts.Select(p => p.Total)));
    }

    internal void Name(string? label)
    {
        if (label is not null && (Label is null || string.CompareOrdinal(label, Label) > 0))
            Label = label;
    }

    /// <summary>Adds to a period; what is returned takes the users and conversations.</summary>
    internal FigureSum Add(int period, in FigureAmounts amounts)
    {
        var cell = _cells[period] ??= new FigureSum();
        cell.Add(amounts);
        Total.Add(amounts);
        return cell;
    }

    internal void AddWithParts(int period, in FigureAmounts amounts, FigureFold fold)
    {
        (_cells[period] ??= new FigureSum(() => fold.CellsAt(period))).Add(amounts);
        Total.Add(amounts);
    }

    internal FigureSum? CellAt(int period) => _cells[period];
}

/// <summary>Folds rows, and sums of rows, into periods and keys; users and conversations are counted exactly.</summary>
public sealed class FigureFold
{
    private readonly Dictionary<string, FigureSeries> _series = new(StringComparer.Ordinal);
    private FigureSeries? _withoutKey;

    /// <summary>Begins with nothing.</summary>
    public FigureFold(Periods periods)
    {
        Periods = periods;
        All = new FigureSeries(null, periods.Count);
    }

    /// <summary>The periods in which rows are counted.</summary>
    public Periods Periods { get; }

    /// <summary>All rows, whatever their key.</summary>
    public FigureSeries All { get; }

    /// <summary>The numbers of users; set before the first row where sums bring numbers with them.</summary>
    internal IdNumbers Users { get; set; } = new();

    /// <summary>The numbers of conversations; set before the first row where sums bring numbers with them.</summary>
    internal IdNumbers Conversations { get; set; } = new();

    /// <summary>A series per key, the one without a key among them; most tokens first, then most rows, then by key.</summary>
    public IReadOnlyList<FigureSeries> Series =>
        [.. Each().OrderByDescending(s => s.Total.Total).ThenByDescending(s => s.Total.Rows).ThenBy(s => s.Key, StringComparer.Ordinal)];

    /// <summary>Counts a row; one outside the range is passed over. Returns whether it was counted.</summary>
    public bool Add(in FigureRow row)
    {
        var period = Periods.IndexOf(row.At);
        if (period < 0)
            return false;
        Add(period, SeriesOf(row.Key), row.Label, FigureAmounts.Of(row)).Count(Users.Of(row.User), Conversations.Of(row.Conversation));
        return true;
    }

    /// <summary>Counts the sum of several rows of one period and key; what is returned takes their users and conversations.</summary>
    internal FigureSum Add(int period, FigureSeries series, string? label, in FigureAmounts amounts)
    {
        series.Name(label);
        All.AddWithParts(period, amounts, this);
        return series.Add(period, amounts);
    }

    /// <summary>The series of a key, made where it is new.</summary>
    internal FigureSeries SeriesOf(string? key)
    {
        if (key is null)
            return _withoutKey ??= new FigureSeries(null, Periods.Count);
        if (!_series.TryGetValue(key, out var series))
            _series[key] = series = new FigureSeries(key, Periods.Count);
        return series;
    }

    internal IEnumerable<FigureSum> CellsAt(int period) => Each().Select(s => s.CellAt(period)).OfType<FigureSum>();

    private IEnumerable<FigureSeries> Each() => _withoutKey is null ? _series.Values : _series.Values.Append(_withoutKey);
}
