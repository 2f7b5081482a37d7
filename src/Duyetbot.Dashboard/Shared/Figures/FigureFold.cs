using System.Runtime.InteropServices;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Sums of one key: in all and per period.</summary>
public sealed class FigureSeries
{
    private readonly FigureSum?[] _cells;

    internal FigureSeries(string? key, string? label, int periods)
    {
        Key = key;
        Label = label;
        _cells = new FigureSum?[periods];
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

    /// <summary>The key in a person's words, or null.</summary>
    public string? Label { get; private set; }

    /// <summary>The sum over all periods.</summary>
    public FigureSum Total { get; } = new();

    /// <summary>The sum in a period; of nothing where it had no row.</summary>
    public FigureSum this[int period] => _cells[period] ?? FigureSum.Nothing;

    /// <summary>How many periods there are.</summary>
    public int Count => _cells.Length;

    internal void Add(int period, in FigureRow row, int user, int conversation)
    {
        Label ??= row.Label;
        (_cells[period] ??= new FigureSum()).Add(row, user, conversation);
        Total.Add(row, user, conversation);
    }

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
}

/// <summary>Folds rows into periods and keys in one pass; users and conversations are counted exactly.</summary>
public sealed class FigureFold
{
    private readonly Dictionary<string, FigureSeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _conversations = new(StringComparer.Ordinal);
    private FigureSeries? _withoutKey;

    /// <summary>Begins with nothing.</summary>
    public FigureFold(Periods periods)
    {
        Periods = periods;
        All = new FigureSeries(null, null, periods.Count);
    }

    /// <summary>The periods in which rows are counted.</summary>
    public Periods Periods { get; }

    /// <summary>All rows, whatever their key.</summary>
    public FigureSeries All { get; }

    /// <summary>A series per key, the one without a key among them; most tokens first, then most rows, then by key.</summary>
    public IReadOnlyList<FigureSeries> Series =>
        [.. _series.Values.Concat(_withoutKey is null ? [] : [_withoutKey])
            .OrderByDescending(s => s.Total.Total).ThenByDescending(s => s.Total.Rows).ThenBy(s => s.Key, StringComparer.Ordinal)];

    /// <summary>Counts a row; one outside the range is passed over. Returns whether it was counted.</summary>
    public bool Add(in FigureRow row)
    {
        var period = Periods.IndexOf(row.At);
        if (period < 0)
            return false;
        var user = Number(_users, row.User);
        var conversation = Number(_conversations, row.Conversation);
        All.Add(period, row, user, conversation);
        SeriesOf(row).Add(period, row, user, conversation);
        return true;
    }

    private FigureSeries SeriesOf(in FigureRow row)
    {
        if (row.Key is null)
            return _withoutKey ??= new FigureSeries(null, row.Label, Periods.Count);
        ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(_series, row.Key, out _);
        return series ??= new FigureSeries(row.Key, row.Label, Periods.Count);
    }

    // Numbers take a tenth of the room of the texts in the many sets of a fold.
    private static int Number(Dictionary<string, int> numbers, string? text)
    {
        if (text is null)
            return -1;
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, text, out var known);
        if (!known)
            number = numbers.Count;
        return number;
    }
}
