using Duyetbot.Dashboard.Shared.Payload;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Duyetbot.Dashboard.Shared.Components;

/// <summary>A tree of JSON to fold, to search and to copy from. What is folded and what is looked for lasts as long as the page.</summary>
public sealed partial class JsonTree
{
    // So few need no search.
    private const int SmallRows = 12;
    private const int PreviewLength = 120;
    private const int BeforeHit = 30;
    private const int Indented = 8;
    private const int Deepest = 32;

    private readonly string _id = $"jt{Guid.NewGuid():N}"[..10];
    private JsonTreeView _view = null!;
    private int _jumps;
    private string? _jump;
    private (string Text, string Find, TextMarks Marks) _marked = ("", "", TextMarks.Of("", ""));

    /// <summary>The tree; without a problem.</summary>
    [Parameter, EditorRequired]
    public JsonRows Rows { get; set; } = null!;

    /// <summary>What is shown, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>So many levels are unfolded at first; null for as many as there is room for.</summary>
    [Parameter]
    public int? Levels { get; set; }

    /// <summary>What stands under this key starts folded.</summary>
    [Parameter]
    public string? FoldedKey { get; set; }

    private string Place => (_view.Hit, _view.Hits.Count) switch
    {
        (_, 0) => "none",
        ( < 0, var count) => $"{Formats.Count(count)} found",
        var (at, count) => $"{Formats.Count(at + 1)} of {Formats.Count(count)}",
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_view is null || !ReferenceEquals(_view.Rows, Rows))
            (_view, _jump) = (new JsonTreeView(Rows, Levels, FoldedKey), null);
    }

    private string IdOf(int row) => $"{_id}-{row}";

    private int LineOf(int row) => _view.LineOf(row);

    // In pixels; deep levels narrowly and the deepest not at all, so that room is left for what they hold.
    private int Indent(int row) => (14 * Math.Min(Rows[row].Depth, Indented)) + (3 * Math.Clamp(Rows[row].Depth - Indented, 0, Deepest - Indented));

    private void Look(string? find)
    {
        _view.Find = find ?? "";
        if (_view.OnlyHits && _view.Find.Length == 0)
            _view.OnlyHits = false;
    }

    private void Step(int step)
    {
        _view.Step(step);
        Jump();
    }

    private void Click(int row) => _view.Toggle(row);

    private void Press(KeyboardEventArgs e)
    {
        if (!e.CtrlKey && !e.AltKey && !e.MetaKey && _view.Press(e.Key))
            Jump();
    }

    private void Enter()
    {
        if (_view.ActiveLine < 0)
            _view.Press("Home");
    }

    // Numbered, so that the same row is brought into view again.
    private void Jump() => _jump = $"{_view.ActiveLine}:{++_jumps}";

    // The begin of a long string; where it holds what is looked for, from shortly before that.
    private string Preview(int row)
    {
        var text = _view.Text(row);
        var at = _view.Find.Length == 0 ? -1 : text.IndexOf(_view.Find, StringComparison.OrdinalIgnoreCase);
        var from = at > PreviewLength - _view.Find.Length ? Math.Max(0, at - BeforeHit) : 0;
        if (from > 0 && char.IsLowSurrogate(text[from]))
            from++;
        var piece = StoredText.Start(text[from..], PreviewLength);
        return $"{(from > 0 ? "…" : "")}{JsonTexts.OnOneLine(piece)}{(from + piece.Length < text.Length ? "…" : "")}";
    }

    private IEnumerable<TextPart> Marked(string text, int from, int length, int row, bool isOneLine)
    {
        if (length < 0)
            length = text.Length - from;
        if (!_view.IsHit(row))
            return [new TextPart(text[from..(from + length)], false, false)];
        var isNow = _view.Hit >= 0 && _view.Hits[_view.Hit] == row;
        var find = isOneLine ? JsonTexts.OnOneLine(_view.Find) : _view.Find;
        // A long string is asked for line by line.
        if (!ReferenceEquals(_marked.Text, text) || _marked.Find != find)
            _marked = (text, find, TextMarks.Of(text, find));
        return _marked.Marks.Parts(text, from, length, -1).Select(p => p with { IsNow = isNow && p.IsHit });
    }
}
