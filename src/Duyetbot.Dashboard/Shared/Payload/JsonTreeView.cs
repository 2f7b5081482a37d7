namespace Duyetbot.Dashboard.Shared.Payload;

/// <summary>One drawn line of a tree: a row, or a piece of a long string that was opened below it.</summary>
/// <param name="Row">The row.</param>
/// <param name="From">Where the piece begins in the string.</param>
/// <param name="Length">The piece's length; -1 for the row itself.</param>
public readonly record struct JsonLine(int Row, int From, int Length)
{
    public bool IsRow => Length < 0;
}

/// <summary>A tree as somebody looks at it: what is unfolded, what was found, which row is chosen. Keeps no markup.</summary>
public sealed class JsonTreeView
{
    /// <summary>So many lines are drawn all at once; above that only those in view.</summary>
    public const int DrawnAtOnce = 300;

    private const int TextAtOnce = 20_000;
    private const int TextWidth = 100;
    private const int Page = 20;

    private readonly bool[] _open;
    private readonly int? _levels;
    private readonly string? _foldedKey;
    private readonly Dictionary<int, string> _texts = [];
    private List<int> _hits = [];
    private string _find = "";
    private bool _onlyHits;

    /// <summary>Unfolds what there is room for.</summary>
    /// <param name="rows">The tree.</param>
    /// <param name="levels">So many levels are open at first; null for as many as fit, at least one.</param>
    /// <param name="foldedKey">Arrays and objects under this key start folded.</param>
    public JsonTreeView(JsonRows rows, int? levels = null, string? foldedKey = null)
    {
        Rows = rows;
        _open = new bool[rows.Count];
        _levels = levels;
        _foldedKey = foldedKey;
        Reset();
    }

    public JsonRows Rows { get; }

    /// <summary>What is drawn, in order.</summary>
    public List<JsonLine> Lines { get; private set; } = [];

    /// <summary>True where only the lines in view are to be drawn.</summary>
    public bool IsLong { get; private set; }

    /// <summary>The chosen row; -1 for none.</summary>
    public int Active { get; private set; } = -1;

    /// <summary>The rows that were found, in order.</summary>
    public IReadOnlyList<int> Hits => _hits;

    /// <summary>The place among <see cref="Hits"/> that the reader stands at; -1 for none.</summary>
    public int Hit { get; private set; } = -1;

    /// <summary>What is looked for; empty for nothing.</summary>
    public string Find
    {
        get => _find;
        set
        {
            (_find, Hit) = (value, -1);
            _hits = Rows.Find(value);
            LayHits();
        }
    }

    /// <summary>True to leave out what was not found and leads to nothing found.</summary>
    public bool OnlyHits
    {
        get => _onlyHits;
        set
        {
            _onlyHits = value;
            LayHits();
        }
    }

    public bool IsOpen(int row) => _open[row];

    /// <summary>True where a row can be folded: it holds something, or is a long string.</summary>
    public bool CanFold(int row) => Rows[row] is { IsContainer: true, Children: > 0 } || Rows.IsLong(row);

    /// <summary>How many of the found rows lie below a row.</summary>
    public int HitsBelow(int row) => PlaceOf(Rows[row].End) - PlaceOf(row + 1);

    public bool IsHit(int row) => _hits.BinarySearch(row) >= 0;

    /// <summary>The line of the chosen row; -1 where it is none or folded away.</summary>
    public int ActiveLine => Active < 0 ? -1 : LineOf(Active);

    /// <summary>The text of a long string, decoded once.</summary>
    public string Text(int row)
    {
        if (!_texts.TryGetValue(row, out var text))
            text = _texts[row] = Rows.Value(row);
        return text;
    }

    public void Choose(int row) => Active = row;

    public void Toggle(int row)
    {
        Active = row;
        if (!CanFold(row))
            return;
        _open[row] = !_open[row];
        if (!_open[row])
            _texts.Remove(row);
        Lay();
    }

    /// <summary>Folds everything below the first level.</summary>
    public void FoldAll() => OpenWhere(i => i == 0);

    /// <summary>Unfolds every object and array.</summary>
    public void UnfoldAll() => OpenWhere(i => Rows[i].IsContainer);

    /// <summary>Goes to the next place that was found, or the one before, around the ends; what hides it unfolds.</summary>
    public void Step(int step)
    {
        if (_hits.Count == 0)
            return;
        Hit = Hit >= 0 ? (Hit + step + _hits.Count) % _hits.Count : step > 0 ? 0 : _hits.Count - 1;
        Active = _hits[Hit];
        for (var at = Rows[Active].Parent; at >= 0; at = Rows[at].Parent)
            _open[at] = true;
        Lay();
    }

    /// <summary>Does what a key does in a tree; false for a key that does nothing.</summary>
    public bool Press(string key)
    {
        if (Lines.Count == 0)
            return false;
        var line = ActiveLine;
        if (line < 0)
        {
            Active = Lines[0].Row;
            return true;
        }

        switch (key)
        {
            case "ArrowDown": Active = RowFrom(line, 1, 1); break;
            case "ArrowUp": Active = RowFrom(line, -1, 1); break;
            case "PageDown": Active = RowFrom(line, 1, Page); break;
            case "PageUp": Active = RowFrom(line, -1, Page); break;
            case "Home": Active = Lines[0].Row; break;
            case "End": Active = Lines[^1].Row; break;
            case "ArrowRight" when CanFold(Active) && !_open[Active]: Toggle(Active); break;
            case "ArrowRight" when Rows[Active] is { IsContainer: true, Children: > 0 }: Active = RowFrom(line, 1, 1); break;
            case "ArrowLeft" when CanFold(Active) && _open[Active]: Toggle(Active); break;
            case "ArrowLeft" when Rows[Active].Parent >= 0: Active = Rows[Active].Parent; break;
            case "Enter" or " ": Toggle(Active); break;
            case "*":
                OpenWhere(i => _open[i] || (Rows[i].Parent == Rows[Active].Parent && Rows[i].IsContainer));
                break;
            default: return false;
        }

        return true;
    }

    /// <summary>The line of a row; -1 where it is folded away.</summary>
    public int LineOf(int row)
    {
        // A row's own line comes before the pieces of its text.
        var (low, high) = (0, Lines.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Lines[middle].Row < row)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Lines.Count && Lines[low].Row == row ? low : -1;
    }

    private int RowFrom(int line, int step, int count)
    {
        for (var at = line + step; at >= 0 && at < Lines.Count; at += step)
        {
            if (!Lines[at].IsRow)
                continue;
            line = at;
            if (--count == 0)
                break;
        }

        return Lines[line].Row;
    }

    // Where only they are shown, nothing hides them.
    private void LayHits()
    {
        var seen = new HashSet<int>();
        foreach (var hit in _onlyHits ? _hits : [])
        {
            for (var at = Rows[hit].Parent; at >= 0 && seen.Add(at); at = Rows[at].Parent)
                _open[at] = true;
        }

        Lay();
    }

    private int PlaceOf(int row)
    {
        var place = _hits.BinarySearch(row);
        return place < 0 ? ~place : place;
    }

    private void Reset()
    {
        var levels = _levels ?? Fitting();
        OpenWhere(i => Rows[i].IsContainer && Rows[i].Depth < levels && (_foldedKey is null || i == 0 || Rows.Key(i) != _foldedKey));
    }

    private int Fitting()
    {
        var atDepth = new List<int>();
        for (var i = 0; i < Rows.Count; i++)
        {
            while (atDepth.Count <= Rows[i].Depth)
                atDepth.Add(0);
            atDepth[Rows[i].Depth]++;
        }

        var (levels, sum) = (0, atDepth.Count > 0 ? atDepth[0] : 0);
        while (levels + 1 < atDepth.Count && (sum += atDepth[levels + 1]) <= DrawnAtOnce)
            levels++;
        return Math.Max(1, levels);
    }

    private void OpenWhere(Func<int, bool> isOpen)
    {
        for (var i = 0; i < _open.Length; i++)
            _open[i] = isOpen(i);
        _texts.Clear();
        Lay();
    }

    private void Lay()
    {
        var rows = new List<int>();
        var text = 0;
        for (var i = 0; i < Rows.Count;)
        {
            if (_onlyHits && _find.Length > 0 && !IsHit(i) && HitsBelow(i) == 0)
            {
                i = Rows[i].End;
                continue;
            }

            rows.Add(i);
            if (_open[i] && !Rows[i].IsContainer)
                text += Rows[i].Length;
            i = Rows[i].IsContainer && !_open[i] ? Rows[i].End : i + 1;
        }

        IsLong = rows.Count > DrawnAtOnce || text > TextAtOnce;
        Lines = new List<JsonLine>(rows.Count);
        foreach (var row in rows)
        {
            Lines.Add(new JsonLine(row, 0, -1));
            if (!_open[row] || Rows[row].IsContainer)
                continue;
            // One piece that wraps as the pane is wide, or pieces of one height.
            if (IsLong)
                Lines.AddRange(TextLines.From(Text(row), TextWidth).Drawn.Select(l => new JsonLine(row, l.From, l.Length)));
            else
                Lines.Add(new JsonLine(row, 0, Text(row).Length));
        }
    }
}
