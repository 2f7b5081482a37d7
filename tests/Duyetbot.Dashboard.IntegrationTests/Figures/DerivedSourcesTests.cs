using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Features.Agents;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Figures;

/// <summary>Every derived table is marked dirty throughout where a view that it was made of means something else now.</summary>
public sealed class DerivedSourcesTests : IDisposable
{
    private static readonly string[] OfMessages = ["conversation_rollup", "conversation_figures", "user_hours", "figure_slots"];
    private readonly TestDatabase _database = new();

    public static TheoryData<string, string[]> Views => new()
    {
        { "analytics_events_view", ["event_figures", "figure_slots"] },
        { "analytics_conversations_view", ["conversation_rollup", "conversation_figures"] },
        { "analytics_user_hourly_view", ["user_hours"] },
        { "analytics_messages_view", OfMessages },
        // The events' figures are made of the steps.
        { "analytics_agent_steps_view", ["agent_hours", "event_figures", "figure_slots"] },
        { "analytics_prices_view", [.. OfMessages, "agent_hours", "event_figures"] },
        { "analytics_model_daily_view", [] },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task MakeCurrent_AViewOfAnotherMeaning_MarksWhatIsMadeOfIt(string view, string[] expected)
    {
        var eventId = _database.GivenEvent(agents: """[{"name":"a","input_tokens":3}]""", durationMs: 5L);
        _database.GivenMessage(eventId: eventId);
        _database.GivenMessage("telegram:2:2");
        await using var app = DashboardHost.Build(new Dictionary<string, string?> { ["ConnectionStrings:Dashboard"] = $"Data Source={_database.File.FullPath}", ["Urls"] = "http://127.0.0.1:0" });
        DashboardHost.Migrate(app);
        await RefreshAsync(app.Services);
        var tables = app.Services.GetServices<DerivedTable>().Concat(app.Services.GetServices<Rollup>().Select(r => r.Derived)).ToList();
        Assert.All(tables, t => Assert.Equal(0, Count(t.DirtyTable)));
        var sources = app.Services.GetRequiredService<DerivedSources>();
        Assert.Empty(await sources.MakeCurrentAsync(TestContext.Current.CancellationToken));

        var sql = _database.Connection.ExecuteScalar<string>("SELECT sql FROM sqlite_schema WHERE name = @view", new { view });
        _database.Connection.Execute($"DROP VIEW {view}; {sql} -- of another meaning\n");
        var marked = await sources.MakeCurrentAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected.Order(StringComparer.Ordinal), marked.Order(StringComparer.Ordinal));
        foreach (var table in tables)
            Assert.Equal(expected.Contains(table.Table) ? KeysOf(table.Table) : 0, Count(table.DirtyTable));
        Assert.Empty(await sources.MakeCurrentAsync(TestContext.Current.CancellationToken));
        await RefreshAsync(app.Services);
        Assert.All(tables, t => Assert.Equal(0, Count(t.DirtyTable)));
    }

    [Fact]
    public async Task Start_OfTables_KnowsEveryDirtyTable()
    {
        await using var app = DashboardHost.Build(new Dictionary<string, string?> { ["ConnectionStrings:Dashboard"] = $"Data Source={_database.File.FullPath}", ["Urls"] = "http://127.0.0.1:0" });

        var known = app.Services.GetServices<DerivedTable>().Concat(app.Services.GetServices<Rollup>().Select(r => r.Derived)).Select(t => t.DirtyTable);

        Assert.Equal(_database.Connection.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%_dirty'").Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _database.Dispose();

    private static async Task RefreshAsync(IServiceProvider services)
    {
        await services.GetRequiredService<RollupRefresher>().RefreshAsync(TestContext.Current.CancellationToken);
        await services.GetRequiredService<FigureRefresher>().RefreshAsync(TestContext.Current.CancellationToken);
        await services.GetRequiredService<AgentHourStore>().RefreshAsync(TestContext.Current.CancellationToken);
    }

    private static int KeysOf(string table) => table is "conversation_rollup" or "conversation_figures" or "user_hours" ? 2 : 1;

    private long Count(string table) => _database.Connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}");
}
