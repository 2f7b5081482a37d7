using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>Reads usage figures.</summary>
public sealed class UsageQueries(Database database, FigureReader figures)
{
    /// <summary>The time of the first message that lies after 1970-01-01, in Unix ms; null without messages.</summary>
    public async Task<long?> FindFirstMessageAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        c => c.QueryFirstOrDefault<long?>("SELECT timestamp FROM chat_messages WHERE timestamp >= 0 AND typeof(timestamp) = 'integer' ORDER BY timestamp LIMIT 1"),
        cancellationToken);

    /// <summary>Sums the range up, and the one before where asked for, at one moment.</summary>
    /// <exception cref="InvalidParameterException">The granularity gives too many periods.</exception>
    public Task<UsageReport> GetReportAsync(UsageQuestion question, CancellationToken cancellationToken)
    {
        var report = new UsageReport(
            question,
            new FigureFold(question.Range.Cut(question.Granularity)),
            question.Compare ? new FigureFold(question.Range.Previous().Cut(question.Granularity)) : null,
            new HourHeat(question.Range.Zone));
        var dimension = UsageGroups.Dimension(question.GroupBy);
        return database.ReadAsync(
            connection =>
            {
                figures.Fill(connection, dimension, question.Filter, report.Now, report.Heat);
                if (report.Before is not null)
                    figures.Fill(connection, dimension, question.Filter, report.Before);
                return report;
            },
            cancellationToken);
    }

    /// <summary>Cost and tokens of the messages from one moment to another, all models.</summary>
    public Task<FigureSum> GetSumAsync(long from, long to, ConversationFilter filter, CancellationToken cancellationToken)
    {
        var fold = new FigureFold(Periods.Of(from, to, Granularity.Month, NodaTime.DateTimeZone.Utc));
        return database.ReadAsync(
            connection =>
            {
                figures.Fill(connection, FigureDimension.None, filter, fold);
                return fold.All.Total;
            },
            cancellationToken);
    }
}
