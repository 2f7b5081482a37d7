using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.IntegrationTests.Traces;

/// <summary>Kept figures of events against the view, whatever happened to the rows since they were kept.</summary>
public sealed class EventFigureQueriesTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task List_SortedByCost_EqualsTheViewBeforeAndAfterEveryChange()
    {
        _database.GivenPrice("m1", 1, 2);
        for (var i = 0; i < 40; i++)
            _database.GivenEvent(at: TestDatabase.Now - i, input: i * 7L % 11, model: i % 3 == 0 ? "unknown" : "m1", agents: i % 2 == 0 ? Chain(i) : null);
        await ExpectViewAsync();
        await RefreshAsync();
        await ExpectViewAsync();

        _database.Connection.Execute("UPDATE observability_events SET agents = NULL, input_tokens = 999 WHERE event_id = 'event-4'");
        _database.Connection.Execute("UPDATE observability_events SET event_id = 'renamed' WHERE event_id = 'event-8'");
        _database.Connection.Execute("DELETE FROM observability_events WHERE event_id = 'event-6'");
        _database.Connection.Execute("INSERT OR REPLACE INTO observability_events(event_id, app_source, event_type, triggered_at, agents) SELECT event_id, app_source, event_type, triggered_at, '[{\"name\":\"new\",\"input_tokens\":5000,\"model\":\"m1\"}]' FROM observability_events WHERE event_id = 'event-10'");
        await ExpectViewAsync();
        await RefreshAsync();
        await ExpectViewAsync();

        _database.GivenPrice("unknown", 100, 100);
        await ExpectViewAsync();
        await RefreshAsync();
        await ExpectViewAsync();
    }

    [Fact]
    public async Task List_FreshFigures_AreReadInsteadOfTheSteps()
    {
        _database.GivenPrice("m1", 1, 2);
        _database.GivenEvent("a", agents: Chain(1));
        await RefreshAsync();
        _database.Connection.Execute("UPDATE event_figures SET estimated_cost_usd = 77, step_count = 5");

        var row = Assert.Single((await ListAsync()).Items);

        Assert.Equal((77, 5), (row.EstimatedCostUsd, row.StepCount));
    }

    private static string Chain(int i) => $$"""[{"name":"a","input_tokens":{{i * 13 % 17}},"model":"m1","workers":[{"name":"w","output_tokens":{{i}},"model":"{{(i % 5 == 0 ? "unknown" : "m1")}}"{{(i % 4 == 0 ? ",\"error\":\"boom\"" : "")}}}]}]""";

    private async Task ExpectViewAsync()
    {
        var expected = _database.Connection.Query<(string, long, long, double?, long)>(
            "SELECT event_id, step_count, error_count, estimated_cost_usd, unpriced_tokens FROM analytics_events_view ORDER BY estimated_cost_usd IS NULL, estimated_cost_usd DESC, id DESC");
        Assert.Equal(expected, (await ListAsync()).Items.Select(e => (e.EventId, e.StepCount, e.ErrorCount, e.EstimatedCostUsd, e.UnpricedTokens)));
    }

    private Task<Page<EventSummaryRow>> ListAsync() =>
        new EventQueries(_database.Database).ListEventsAsync(new EventFilter(), new EventSort("estimated_cost_usd", true), null, 500, TestContext.Current.CancellationToken);

    private async Task RefreshAsync()
    {
        using var refresher = new RollupRefresher(_database.Database, [EventFigureQueries.Rollup], TimeProvider.System, NullLogger<RollupRefresher>.Instance);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM event_figures_dirty"));
    }
}
