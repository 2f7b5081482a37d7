using System.Globalization;
using System.Text;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The tree and the waterfall of a trace.</summary>
public partial class TraceGrid
{
    private const int MinimapBars = 600;

    private TraceRows _rows = new([], 0);
    private List<TraceRow> _window = [];
    private List<TraceBar> _bars = [];
    private HashSet<int> _found = [];
    private TimeAxis _axis = new(1, []);
    private int _first;
    private int _tabStop;
    private TraceView? _mapped;
    private string _minimap = "";

    [Parameter, EditorRequired]
    public TraceView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public TraceState State { get; set; } = null!;

    /// <summary>The place of the selected step; -1 for none.</summary>
    [Parameter, EditorRequired]
    public int Selected { get; set; }

    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    /// <summary>The address with a step selected.</summary>
    [Parameter, EditorRequired]
    public Func<string, string> StepUrl { get; set; } = _ => "";

    private TraceTimeline T => View.Timeline;

    private int Below => _rows.Rows.Count - _first - _window.Count;

    // Percent of the trace: where the window begins and how wide it is.
    private (double Start, double Width) Window => State.Zoom is { } zoom
        ? (100.0 * (zoom.Start - T.Start) / T.Length, 100.0 * (zoom.End - zoom.Start) / T.Length)
        : (0, 100);

    private string ZoomStyle
    {
        get
        {
            var (start, width) = Window;
            var origin = _axis.Ticks.Count > 0 ? Percent(_axis.Ticks[0]) : "0";
            return string.Create(CultureInfo.InvariantCulture, $"--z0:{start:0.####}%;--zs:{100 / width:0.######};--tick:{100.0 * _axis.StepMs / T.Length:0.######}%;--t0:{origin}%");
        }
    }

    private string Minimap
    {
        get
        {
            if (_mapped == View)
                return _minimap;
            _mapped = View;
            return _minimap = DrawMinimap();
        }
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _rows = TraceRows.From(T, State.Fold, Selected, State.MinMs);
        _found = [.. View.Find(State.Find)];
        var selectedRow = Selected < 0 ? -1 : IndexOf(Selected);
        var at = State.At ?? (selectedRow < 0 ? 0 : selectedRow / TraceState.WindowRows * TraceState.WindowRows);
        _first = Math.Clamp(at, 0, Math.Max(0, _rows.Rows.Count - 1));
        _window = [.. _rows.Rows.Skip(_first).Take(TraceState.WindowRows)];
        _tabStop = selectedRow >= _first && selectedRow < _first + _window.Count ? selectedRow - _first : 0;
        _bars = [.. _window.Select(r => TraceBar.From(r, T, State.ShowsPath ? View.Path : null, Window))];
        var (start, end) = State.Zoom ?? (T.Start, T.End);
        _axis = TimeAxis.From(start, Math.Max(start + 1, end));
    }

    private int IndexOf(int place)
    {
        for (var i = 0; i < _rows.Rows.Count; i++)
        {
            if (!_rows.Rows[i].IsGroup && _rows.Rows[i].Node.Index == place)
                return i;
        }

        return -1;
    }

    private string WindowUrl(int at) => Urls.Change(Address, ("at", at.ToString(CultureInfo.InvariantCulture)));

    private string ToggleUrl(TraceRow row) => !row.IsFoldable ? "" : State.ToggleUrl(Address, row, HoldsSelected(row));

    private bool HoldsSelected(TraceRow row)
    {
        if (Selected < 0)
            return false;
        if (row.Members?.Any(m => m.Index == Selected) == true)
            return true;
        for (var at = T.Nodes[Selected].Parent; at >= 0; at = T.Nodes[at].Parent)
        {
            if (row.IsGroup ? row.Members!.Any(m => m.Index == at) : at == row.Node.Index)
                return true;
        }

        return false;
    }

    // There a label has no room to the right of its tick.
    private bool IsAtTheEdge(long ms)
    {
        var (start, width) = Window;
        return (100.0 * (ms - T.Start) / T.Length) - start > 0.94 * width;
    }

    private string Percent(long ms) => (100.0 * (ms - T.Start) / T.Length).ToString("0.####", CultureInfo.InvariantCulture);

    // Past some hundred bars nothing more can be seen on 34 px; the longest stay.
    private string DrawMinimap()
    {
        var nodes = T.Nodes.Count <= MinimapBars ? T.Nodes : [.. T.Nodes.OrderByDescending(n => n.Step.DurationMs).ThenBy(n => n.Index).Take(MinimapBars).OrderBy(n => n.Index)];
        var height = Math.Clamp(28.0 / nodes.Count, 0.6, 4);
        var svg = new StringBuilder("<svg viewBox=\"0 0 1000 34\" preserveAspectRatio=\"none\">");
        for (var i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            var x = 1000.0 * (node.Start - T.Start) / T.Length;
            var w = Math.Max(2, 1000.0 * node.Step.DurationMs / T.Length);
            var y = 3 + (28.0 * i / nodes.Count);
            var kind = node.Step.IsFailed ? "error" : TraceWords.Kind(node.Step.AgentType).Class[2..];
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.#}\" y=\"{y:0.##}\" width=\"{w:0.#}\" height=\"{height * 0.8:0.##}\" fill=\"var(--{(kind == "error" ? "error" : "step-" + kind)})\"/>");
        }

        return svg.Append("</svg>").ToString();
    }
}
