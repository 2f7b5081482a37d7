using System.Diagnostics;
using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Keeps agent_hours and agent_errors: folds hours that are marked dirty anew, the newest first.</summary>
public sealed class AgentHourStore(Database database) : IDerivedRefresher
{
    /// <summary>What agent_hours and agent_errors are made of.</summary>
    internal static readonly DerivedTable Hours = new(
        "agent_hours",
        "agent_hours_dirty",
        ["analytics_agent_steps_view"],
        """
        INSERT OR IGNORE INTO agent_hours_dirty(hour_start)
          SELECT DISTINCT CAST(triggered_at + 62135596800000 AS INTEGER) / 3600000 * 3600000 - 62135596800000 FROM observability_events
          WHERE typeof(triggered_at) IN ('integer', 'real') AND triggered_at BETWEEN -62135596800000 AND 253402300799999
        """,
        [("agent_hours", "hour_start, figures"), ("agent_errors", $"hour_start, {AgentSourceQueries.ErrorColumns}")],
        Format: 2);

    // Long enough to be worth a commit, short enough for the bot's writes to wait.
    private static readonly TimeSpan TransactionTime = TimeSpan.FromMilliseconds(100);

    private const int Batch = 200;

    /// <summary>Folds everything that is dirty now; returns the number of hours.</summary>
    public async Task<int> RefreshAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            // Asked on a reader first: an idle database must not be locked for writing every second.
            var hours = await database.ReadAsync(c => c.Query<long>("SELECT hour_start FROM agent_hours_dirty ORDER BY hour_start DESC LIMIT @Batch", new { Batch }).AsList(), cancellationToken);
            if (hours.Count == 0)
                return total;
            total += await database.DeriveAsync(c => Refresh(c, hours), cancellationToken);
        }
    }

    private static int Refresh(SqliteConnection connection, List<long> hours)
    {
        var (started, done) = (Stopwatch.GetTimestamp(), 0);
        foreach (var hour in hours)
        {
            Refresh(connection, hour);
            done++;
            if (Stopwatch.GetElapsedTime(started) > TransactionTime)
                break;
        }

        return done;
    }

    private static void Refresh(SqliteConnection connection, long hour)
    {
        // Which row prices a model is looked up when the hour is read: kept here, it would be that of the day the hour was folded.
        var groups = AgentHourGroup.Fold(AgentSourceQueries.ReadSteps(connection, hour, hour + HourPlan.HourMs).Select(s => s with { PriceId = null }));
        var errors = AgentSourceQueries.ReadErrors(connection, hour, hour + HourPlan.HourMs).AsList();
        connection.Execute("DELETE FROM agent_hours WHERE hour_start = @hour", new { hour });
        connection.Execute("DELETE FROM agent_errors WHERE hour_start = @hour", new { hour });
        if (groups.Count > 0)
            connection.Execute("INSERT INTO agent_hours(hour_start, figures) VALUES (@hour, @figures)", new { hour, figures = AgentHourJson.Write(groups) });
        foreach (var e in errors)
        {
            connection.Execute(
                $"""
                INSERT INTO agent_errors(hour_start, {AgentSourceQueries.ErrorColumns})
                VALUES (@hour, @TriggeredAt, @EventId, @StepId, @AgentName, @AgentType, @Model, @UserId, @ErrorType, @ErrorMessage)
                """,
                new { hour, e.TriggeredAt, e.EventId, e.StepId, e.AgentName, e.AgentType, e.Model, e.UserId, e.ErrorType, e.ErrorMessage });
        }

        connection.Execute("DELETE FROM agent_hours_dirty WHERE hour_start = @hour", new { hour });
    }
}
