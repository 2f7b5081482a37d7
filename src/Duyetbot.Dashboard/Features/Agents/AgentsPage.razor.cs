using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Agents and models: how often, how fast, how dear, and what goes wrong.</summary>
public sealed partial class AgentsPage
{
    // A few hours are always stale while the bot is at work.
    private const int ManyStale = 24;

    private Loader<AgentReport> _report = null!;
    private Loader<AgentReport> _before = null!;
    private Loader<ErrorReport> _errors = null!;
    private Loader<ErrorDetail> _detail = null!;
    private AgentView _view = new();

    [Inject]
    private AgentQueries Queries { get; set; } = null!;

    [Inject]
    private AgentErrorQueries Errors { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool AreOfMessages => false;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _report = Ask("report", () => (Range, _view.Agent, _view.Model), async token => (AgentReport?)await Queries.GetReportAsync(await QuestionAsync(token), token));
        _before = Ask("before", () => (Range, _view.Agent, _view.Model), AskBeforeAsync);
        _errors = Ask("errors", () => (Range, _view.Agent, _view.Model), async token => (ErrorReport?)await Errors.GetErrorsAsync(await QuestionAsync(token), token));
        _detail = Ask("detail", () => (Range, _view.Agent, _view.Model, _view.Error), AskDetailAsync);
    }

    /// <inheritdoc/>
    protected override void ReadState(QueryReader reader)
    {
        foreach (var (name, edge) in new[] { ("from", Range.From), ("to", Range.To) })
        {
            if (edge is { } moment && Formats.Local(moment, Range.Zone) is null)
                throw new InvalidParameterException(name, "lies outside the years 1 to 9999.");
        }

        _view = AgentView.Read(reader);
    }

    private async Task<AgentQuestion> QuestionAsync(CancellationToken token)
    {
        var first = Range.From is null ? await Queries.FindFirstEventAsync(token) : null;
        return new AgentQuestion(FigureRange.Of(Range, first, Now), _view.Agent, _view.Model);
    }

    private async Task<AgentReport?> AskBeforeAsync(CancellationToken token)
    {
        if (Range.Preset == "all")
            return null;
        var question = await QuestionAsync(token);
        return await Queries.GetReportAsync(question with { Range = question.Range.Previous() }, token);
    }

    private async Task<ErrorDetail?> AskDetailAsync(CancellationToken token) =>
        _view.Error is { } key ? await Errors.FindDetailAsync(await QuestionAsync(token), key, token) : null;

    private static string PeriodWord(AgentReport report) => report.Periods.Granularity.ToString().ToLowerInvariant();

    private string Link(params ReadOnlySpan<(string Name, string? Value)> changes) => Urls.Change(Address, changes);

    private string TraceLink(ErrorSample sample) => Urls.With(Urls.Trace(sample.EventId, sample.StepId), Range.ToQuery());

    private string TracesLink(string agent) => RangeLink(Urls.Traces, ("agent", agent));

    private string ConversationsLink(string user) => RangeLink(Urls.Conversations, ("user_id", user));

    private string RangeLink(string path, params ReadOnlySpan<(string Name, string? Value)> more) => Urls.Change(Urls.With(path, Range.ToQuery()), more);

    // The API's own range: exact moments, so that the file holds what the page shows.
    private string? CsvLink(string path) => _report.Value?.Question is not { } question ? null : Urls.With(path,
    [
        new("from", question.Range.From.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("to", question.Range.To.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("timezone", Range.Zone.Id),
        new("agent", question.Agent),
        new("model", question.Model),
        new("group_by", path.EndsWith("agents.csv", StringComparison.Ordinal) ? "model" : null),
        new("sort", path.EndsWith("agents.csv", StringComparison.Ordinal) && _view.Sort != AgentSort.Default ? _view.Sort.ToString() : null),
    ]);
}
