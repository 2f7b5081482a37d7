using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>Two traces side by side: their steps aligned, their texts with what differs.</summary>
public partial class ComparePage
{
    private const string Prefix = Urls.Traces + "/";

    private Loader<CompareView> _view = null!;
    private Loader<CompareCandidates> _candidates = null!;
    private string _a = "";
    private string? _b;
    private int _at;

    /// <summary>The first event's id as routing understood it; the address says it exactly.</summary>
    [Parameter]
    public string A { get; set; } = "";

    /// <summary>The second event's id as routing understood it; null where the address names none in its path.</summary>
    [Parameter]
    public string? B { get; set; }

    [CascadingParameter]
    private HttpContext? Request { get; set; }

    [Inject]
    private TraceQueries Traces { get; set; } = null!;

    [Inject]
    private CompareQueries Compare { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _view = Ask("comparison", () => (_a, _b), AskAsync);
        _candidates = Ask("candidates", () => (_a, _b is null), token => _b is null ? Compare.FindBeforeAsync(_a, token) : Task.FromResult<CompareCandidates?>(null));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        _a = Id(Prefix);
        _at = (int)(reader.Whole("at", 0, 10_000_000) ?? 0);
        // The form that takes an id can only send it as a parameter.
        var pasted = reader.Text("with")?.Trim();
        _b = B is null ? (pasted is { Length: > 0 } ? pasted : null) : Id(Prefix + Uri.EscapeDataString(_a) + CompareUrls.Infix + "/");
        if (_b is "")
            _b = B;
    }

    private string Id(string prefix) => Request is { } request ? PathId.After(request, prefix) : PathId.After(Navigation.Uri, prefix);

    private async Task<CompareView?> AskAsync(CancellationToken token)
    {
        if (_b is not { } b)
            return null;
        var now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        async Task<TraceView?> FindAsync(string id) => await Traces.FindTraceWithTextsAsync(id, token) is { } data ? TraceView.From(data, now) : null;
        var first = FindAsync(_a);
        var second = _a == b ? first : FindAsync(b);
        await Task.WhenAll(first, second);
        return CompareView.From(await first, await second);
    }
}
