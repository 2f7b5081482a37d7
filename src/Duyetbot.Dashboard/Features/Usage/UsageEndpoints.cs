using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>GET /api/v1/usage and /api/v1/usage.csv.</summary>
internal static class UsageEndpoints
{
    public static async Task<UsageAnswer> GetAsync(HttpRequest request, UsageQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        UsageAnswer.Of(await queries.GetReportAsync(Read(request, options, time), cancellationToken));

    public static async Task<IResult> GetCsvAsync(HttpRequest request, UsageQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var question = Read(request, options, time);
        var answer = UsageAnswer.Of(await queries.GetReportAsync(question, cancellationToken));
        return Csv.Download($"usage-{answer.From}-{answer.To}.csv", Rows(answer, question));
    }

    private static async IAsyncEnumerable<UsageCsvRow> Rows(UsageAnswer answer, UsageQuestion question)
    {
        foreach (var series in answer.Series)
        {
            foreach (var point in series.Points)
                yield return UsageCsvRow.Of(series.Key, point, question.Range.Zone);
        }

        await Task.CompletedTask;
    }

    private static UsageQuestion Read(HttpRequest request, DashboardOptions options, TimeProvider time)
    {
        var reader = new QueryReader(request.Query);
        var zone = reader.Zone("timezone") ?? options.TimeZone;
        var range = FigureRange.Read(reader, zone, time.GetInstant());
        var granularity = reader.OneOf("granularity", "hour", "day", "week", "month") is { } word ? Enum.Parse<Granularity>(word, ignoreCase: true) : Granularity.Day;
        var group = UsageGroups.Parse(reader.OneOf("group_by", UsageGroups.Words));
        var compare = reader.OneOf("compare", "previous") is not null;
        var filter = MessageFilter.Read(reader, null, null, zone);
        reader.RejectUnknown();
        return new UsageQuestion(range, granularity, group, compare, filter);
    }
}
