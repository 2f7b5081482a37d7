using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Reads the figures of agents: whole clean hours from agent_hours, everything else from analytics_agent_steps_view.</summary>
public sealed class AgentQueries(Database database)
{
    /// <summary>When the first event began that lies after 1970-01-01, in Unix ms; null without events.</summary>
    public Task<long?> FindFirstEventAsync(CancellationToken cancellationToken) => database.ReadAsync(
        c => c.QueryFirstOrDefault<long?>("SELECT triggered_at FROM observability_events WHERE triggered_at >= 0 AND typeof(triggered_at) = 'integer' ORDER BY triggered_at LIMIT 1"),
        cancellationToken);

    /// <summary>Every agent of the range with its models.</summary>
    public Task<AgentReport> GetReportAsync(AgentQuestion question, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            var fold = new AgentFold(question, Prices(connection));
            var prices = new FigurePrices(connection);
            var (plan, stale) = PlanOf(connection, question.Range, question.Periods, prices.Edges);
            ReadHours(connection, plan, prices, fold);
            foreach (var (from, to) in plan.Live)
            {
                foreach (var step in AgentSourceQueries.ReadSteps(connection, from, to))
                    fold.Add(step);
            }

            return fold.ToReport(stale);
        },
        cancellationToken);

    /// <summary>Which hours of a range the roll-up answers for, and how many of them it cannot yet.</summary>
    /// <param name="connection">An open transaction.</param>
    /// <param name="range">Which time.</param>
    /// <param name="periods">Hours that an edge of these cuts are read from the view; null where nothing is divided.</param>
    /// <param name="priceEdges">Moments at which a price begins or ends; hours that one cuts are read from the view.</param>
    internal static (HourPlan Plan, int StaleHours) PlanOf(SqliteConnection connection, FigureRange range, Periods? periods, ReadOnlySpan<long> priceEdges)
    {
        var live = connection.Query<long>(
            "SELECT hour_start FROM agent_hours_dirty WHERE hour_start >= @from AND hour_start < @to",
            new { from = HourPlan.HourOf(range.From), to = range.To }).ToHashSet();
        var stale = live.Count;
        for (var i = 0; i < (periods?.Count ?? 0); i++)
            Cut(periods![i].Start);
        foreach (var edge in priceEdges)
            Cut(edge);
        return (HourPlan.Of(range.From, range.To, live), stale);

        void Cut(long edge)
        {
            if (HourPlan.HourOf(edge) is var hour && hour != edge)
                live.Add(hour);
        }
    }

    private static void ReadHours(SqliteConnection connection, HourPlan plan, FigurePrices prices, AgentFold fold)
    {
        var names = new NameCache();
        using var reader = connection.ExecuteReader(
            "SELECT hour_start, CAST(figures AS BLOB) FROM agent_hours WHERE hour_start >= @from AND hour_start < @to",
            new { from = plan.CleanFrom, to = plan.CleanTo });
        while (reader.Read())
        {
            var hour = reader.GetInt64(0);
            if (plan.IsClean(hour))
                AgentHourJson.Read((byte[])reader.GetValue(1), names, group => fold.Add(hour, Priced(group, hour)));
        }

        // The row that is kept with a group priced it when the hour was folded; prices may have changed since.
        AgentHourGroup Priced(AgentHourGroup group, long hour)
        {
            group.PriceId = prices.Of(group.Model).At(hour)?.Id;
            return group;
        }
    }

    private static Dictionary<long, PriceRow> Prices(SqliteConnection connection) => connection.Query<PriceRow>(
        "SELECT id, model, provider, input_price, cached_price, output_price, reasoning_price, cached_in_input, effective_from, effective_to FROM analytics_prices_view").ToDictionary(p => p.Id);
}
