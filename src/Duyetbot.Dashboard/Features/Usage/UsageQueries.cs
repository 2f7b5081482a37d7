using System.Data;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>Reads what usage figures are made of: every row once, in order of time.</summary>
public sealed partial class UsageQueries(Database database)
{
    /// <summary>The time of the first message that lies after 1970-01-01, in Unix ms; null without messages.</summary>
    public async Task<long?> FindFirstMessageAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        c => c.QueryFirstOrDefault<long?>("SELECT timestamp FROM chat_messages WHERE timestamp >= 0 AND typeof(timestamp) = 'integer' ORDER BY timestamp LIMIT 1"),
        cancellationToken);

    /// <summary>Folds the range, and the one before where asked for, in one pass.</summary>
    /// <exception cref="InvalidParameterException">The granularity gives too many periods.</exception>
    public async Task<UsageReport> GetReportAsync(UsageQuestion question, CancellationToken cancellationToken)
    {
        var before = question.Compare ? question.Range.Previous() : null;
        var report = new UsageReport(
            question,
            new FigureFold(question.Range.Cut(question.Granularity)),
            before is null ? null : new FigureFold(before.Cut(question.Granularity)),
            new HourHeat(question.Range.Zone));
        var (from, to) = (before?.From ?? question.Range.From, question.Range.To);
        var parameters = new Dictionary<string, object?> { ["from"] = from, ["to"] = to };
        var sql = question.GroupBy == UsageGroup.Agent
            ? StepsSql(FilterSql.OfSteps(question.Filter, parameters, from, to))
            : MessagesSql(question.GroupBy, FilterSql.OfMessages(question.Filter, parameters, from, to));
        await database.ReadAsync(
            connection =>
            {
                using var reader = connection.ExecuteReader(sql, parameters);
                while (reader.Read())
                {
                    var row = Row(reader);
                    if (report.Now.Add(row))
                        report.Heat.Add(row);
                    else
                        report.Before?.Add(row);
                }

                return true;
            },
            cancellationToken);
        return report;
    }

    /// <summary>Cost and tokens of the messages from one moment to another, all models.</summary>
    public async Task<FigureSum> GetSumAsync(long from, long to, MessageFilter filter, CancellationToken cancellationToken)
    {
        var fold = new FigureFold(Periods.Of(from, to, Granularity.Month, NodaTime.DateTimeZone.Utc));
        var parameters = new Dictionary<string, object?> { ["from"] = from, ["to"] = to };
        var sql = MessagesSql(UsageGroup.None, FilterSql.OfMessages(filter, parameters, from, to));
        await database.ReadAsync(
            connection =>
            {
                using var reader = connection.ExecuteReader(sql, parameters);
                while (reader.Read())
                    fold.Add(Row(reader));
                return true;
            },
            cancellationToken);
        return fold.All.Total;
    }

    private static string MessagesSql(UsageGroup group, string conditions) => $"""
        SELECT m.timestamp, {KeyOf(group)}, {(group == UsageGroup.User ? "m.username" : "NULL")},
          m.input_tokens, m.output_tokens, m.cached_tokens, m.reasoning_tokens, m.estimated_cost_usd, m.unpriced_tokens, m.user_id, m.session_id
        FROM analytics_messages_view m
        WHERE m.timestamp >= @from AND m.timestamp < @to{conditions}
        """;

    private static string StepsSql(string conditions) => $"""
        SELECT s.event_triggered_at, s.agent_name, NULL,
          s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens, s.estimated_cost_usd, s.unpriced_tokens, s.user_id,
          (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1)
        FROM analytics_agent_steps_view s
        WHERE s.event_triggered_at >= @from AND s.event_triggered_at < @to{conditions}
        """;

    private static string KeyOf(UsageGroup group) => group switch
    {
        UsageGroup.Platform => "m.platform",
        UsageGroup.User => "m.user_id",
        UsageGroup.Model => "m.model",
        UsageGroup.Role => "m.role",
        UsageGroup.Source => "m.app_source",
        _ => "NULL",
    };

    private static FigureRow Row(IDataReader reader) => new()
    {
        At = reader.GetInt64(0),
        Key = Text(reader, 1),
        Label = Text(reader, 2),
        Input = reader.GetInt64(3),
        Output = reader.GetInt64(4),
        Cached = reader.GetInt64(5),
        Reasoning = reader.GetInt64(6),
        Cost = reader.IsDBNull(7) ? null : reader.GetDouble(7),
        Unpriced = reader.GetInt64(8),
        User = Text(reader, 9),
        Conversation = Text(reader, 10),
    };

    private static string? Text(IDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
