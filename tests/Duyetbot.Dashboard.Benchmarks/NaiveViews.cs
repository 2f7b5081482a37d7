using System.Diagnostics;
using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>The plain way: the design document's own views, asked as they stand; but TOTAL for SUM, which overflows on one absurd row.</summary>
internal static class NaiveViews
{
    private const int Runs = 5;

    /// <summary>Measures a page of conversations and a year of days.</summary>
    public static void Measure(BenchDatabase database, ResultTable table)
    {
        using var connection = SqliteConnections.OpenWrite(database.File);
        connection.Execute(
            """
            CREATE TEMP VIEW naive_conversations AS
            SELECT session_id AS conversation_id, MAX(user_id) AS user_id, MAX(platform) AS platform, COUNT(*) AS message_count,
              TOTAL(input_tokens + output_tokens) AS total_tokens, MIN(timestamp) AS first_message_at, MAX(timestamp) AS last_message_at
            FROM chat_messages WHERE is_archived = 0 GROUP BY session_id;
            CREATE TEMP VIEW naive_platform_daily AS
            SELECT platform AS aggregate_key, strftime('%s', date(timestamp / 1000, 'unixepoch')) * 1000 AS period_start,
              TOTAL(input_tokens) AS input_tokens, TOTAL(output_tokens) AS output_tokens, COUNT(*) AS message_count, COUNT(DISTINCT session_id) AS session_count
            FROM chat_messages WHERE is_archived = 0 GROUP BY platform, date(timestamp / 1000, 'unixepoch');
            """);
        table.AddNaive("list", "naive: 50 newest conversations of the plain view", Median(() =>
            connection.Query("SELECT * FROM naive_conversations ORDER BY last_message_at DESC LIMIT 50").AsList()));
        table.AddNaive("usage", "naive: a year of days by platform of the plain view", Median(() =>
            connection.Query("SELECT * FROM naive_platform_daily WHERE period_start >= 0").AsList()));
        connection.Execute("DROP VIEW temp.naive_conversations; DROP VIEW temp.naive_platform_daily;");
    }

    private static double Median(Action run)
    {
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var watch = Stopwatch.StartNew();
            run();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times[Runs / 2];
    }
}
