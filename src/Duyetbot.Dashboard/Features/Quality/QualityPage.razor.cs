using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>What is wrong with the data itself, the most serious first, with the rows and what to do.</summary>
public sealed partial class QualityPage
{
    private const int FewRows = 10;
    private const int ManyRows = 200;

    // The HTML waits so long for a check; the circuit asks a slower one again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Dictionary<QualityGroup, Loader<GroupAnswer>> _groups = [];
    private Loader<Page<FindingSample>> _samples = null!;
    // Checks that were waited for keep their lines for as long as this range is looked at.
    private readonly HashSet<string> _places = [];
    private Shared.TimeRange? _placesOf;
    private string? _finding;
    private bool _manyRows;

    [Inject]
    private QualityQueries Queries { get; set; } = null!;

    private QualityView View
    {
        get
        {
            if (_placesOf != Range)
                _places.Clear();
            _placesOf = Range;
            foreach (var group in _groups.Where(g => g.Value.Value is null))
                _places.UnionWith(QualityKinds.Of(group.Key).Select(k => k.Kind));
            return QualityView.From(_groups.Values.Select(l => l.Value), _places);
        }
    }

    private int Answered => _groups.Values.Count(l => l.Value is not null && !l.IsLoading);

    private bool IsChecking => _groups.Values.Any(l => l.IsLoading || (l.Failure is null && l.Value is null));

    private long Rows => RowsOf("message") + RowsOf("trace");

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        foreach (var group in Enum.GetValues<QualityGroup>())
            _groups[group] = Ask(group.ToString(), () => Range, token => PatientAsync(t => Queries.CountAsync(group, Range, Now, t), token));
        _samples = Ask("samples", () => (Range, _finding, _manyRows), AskSamplesAsync);
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        foreach (var (name, edge) in new[] { ("from", Range.From), ("to", Range.To) })
        {
            if (edge is { } moment && Formats.Local(moment, Range.Zone) is null)
                throw new InvalidParameterException(name, "lies outside the years 1 to 9999.");
        }

        _finding = reader.OneOf("finding", [.. QualityKinds.All.Select(k => k.Kind)]);
        _manyRows = reader.OneOf("rows", "many") is not null;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || UrlProblem is not null)
            return;
        var samples = _finding is not null && _samples is { HasAnswer: true, Value: null, IsLoading: false } ? _samples.RetryAsync() : Task.CompletedTask;
        await Task.WhenAll(_groups.Values.Where(l => l is { HasAnswer: true, Value: null, IsLoading: false }).Select(l => l.RetryAsync()).Append(samples));
    }

    private async Task<T?> PatientAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken token)
        where T : class
    {
        if (RendererInfo.IsInteractive)
            return await ask(token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(Patience);
        try
        {
            return await ask(patience.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return null;
        }
    }

    private Task<Page<FindingSample>?> AskSamplesAsync(CancellationToken token) => QualityKinds.Find(_finding) is not { } kind
        ? Task.FromResult<Page<FindingSample>?>(null)
        : PatientAsync(t => Queries.ListAsync(kind, Range, Now, _manyRows ? ManyRows : FewRows, null, toTheEnd: false, t), token);

    private long RowsOf(string noun) => View is var view
        ? view.Found.Concat(view.Clean).Where(f => f.Kind.Noun == noun && !f.Kind.HasNoTime && f.Count.Total is not null).Select(f => f.Count.Total!.Value).DefaultIfEmpty().Max()
        : 0;

    private string Csv(string? kind) => Urls.With("/api/v1/quality.csv", [.. Range.ToQuery(), new("kind", kind)]);

    private string Json(string kind) => Urls.With("/api/v1/quality", [.. Range.ToQuery(), new("kind", kind)]);
}
