using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>One trace: its head, its tree with the waterfall, and a step beside it.</summary>
public partial class TracePage
{
    private const string Prefix = Urls.Traces + "/";
    private const int HeadLength = 20_000;

    private Loader<TraceView> _trace = null!;
    private Loader<StepData> _step = null!;
    private Loader<CompareCandidates> _candidates = null!;
    private TraceState _state = new();
    private string _eventId = "";
    private PageScript _script = null!;
    private (string EventId, string? Mark) _followed;

    /// <summary>The event's id as routing understood it; the address says it exactly.</summary>
    [Parameter]
    public string EventId { get; set; } = "";

    [CascadingParameter]
    private HttpContext? Request { get; set; }

    [Inject]
    private TraceQueries Traces { get; set; } = null!;

    [Inject]
    private CompareQueries Compare { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private bool PaneIsOpen => _state.Step is not null || _state.Tab is not null;

    private int Selected => _trace.Value?.PlaceOf(_state.Step) ?? -1;

    private string Title => TraceWords.Title(_trace.Value!.Event);

    /// <inheritdoc/>
    protected override bool IsMissing => _trace is { HasAnswer: true, Value: null };

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        _script = new PageScript(Script, Assets["js/waterfall.js"]);
        _trace = Ask("trace", () => _eventId, AskTraceAsync);
        _step = Ask("step", () => (_eventId, _state.Step), token =>
            _state.Step is { } step ? Traces.FindStepAsync(_eventId, step, token) : Task.FromResult<StepData?>(null));
        _candidates = Ask("candidates", () => _eventId, token => Compare.FindBeforeAsync(_eventId, token));
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        _eventId = Request is { } request ? PathId.After(request, Prefix) : PathId.After(Navigation.Uri, Prefix);
        _state = TraceState.Read(reader);
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => _script.CallAsync("attach");

    private static string Head(string text) => text.Length <= HeadLength ? text : text[..HeadLength];

    private static string Cut(string text) => text.Length <= HeadLength ? "" : $"; here are the first {Formats.Count(HeadLength)} of {Formats.Count(text.Length)} characters";

    private async Task<TraceView?> AskTraceAsync(CancellationToken token)
    {
        var data = await Traces.FindTraceAsync(_eventId, token);
        return data is null ? null : TraceView.From(data, Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    // A trace that runs is read again when its row is another one; selection, folds and zoom stand in the address and stay.
    private async Task FollowAsync(CancellationToken token)
    {
        if (_trace.Value is not { IsRunning: true } || _trace.IsLoading)
            return;
        var now = (_eventId, await Traces.FindRowMarkAsync(_eventId, token));
        if (now == _followed)
            return;
        _followed = now;
        await Task.WhenAll(_trace.RetryAsync(), _step.RetryAsync());
    }

    private string Change(params ReadOnlySpan<(string Name, string? Value)> changes) => Urls.Change(Address, changes);

    private string StepUrl(string stepId) => Urls.Change(Address, ("step", stepId), ("at", null));
}
