using System.Globalization;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;
using NodaTime.Text;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>GET /api/v1/usage and /api/v1/usage.csv.</summary>
internal static class UsageEndpoints
{
    private const int MaxDays = 40_000;

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
        var range = ReadRange(reader, zone, time.GetInstant());
        var granularity = reader.OneOf("granularity", "hour", "day", "week", "month") is { } word ? Enum.Parse<Granularity>(word, ignoreCase: true) : Granularity.Day;
        var group = UsageGroups.Parse(reader.OneOf("group_by", UsageGroups.Words));
        var compare = reader.OneOf("compare", "previous") is not null;
        var filter = ConversationFilter.Read(reader, null, null);
        reader.RejectUnknown();
        return new UsageQuestion(range, granularity, group, compare, filter);
    }

    // Days, both included; a moment (Unix ms or ISO 8601) is taken exactly, the end excluded.
    private static FigureRange ReadRange(QueryReader reader, DateTimeZone zone, Instant now)
    {
        var today = now.InZone(zone).Date;
        var to = ReadEdge(reader, "to", zone, end: true) ?? ZonedDays.StartOf(today.PlusDays(1), zone);
        var from = ReadEdge(reader, "from", zone, end: false) ?? ZonedDays.StartOf(ZonedDays.DateOf(to - 1, zone).PlusDays(-29), zone);
        if (from >= to)
            throw new InvalidParameterException("to", "lies before from.");
        if ((double)to - from > MaxDays * 86_400_000.0)
            throw new InvalidParameterException("from", $"lies more than {MaxDays.ToString("N0", CultureInfo.InvariantCulture)} days before to.");
        return new FigureRange(from, to, zone);
    }

    private static long? ReadEdge(QueryReader reader, string name, DateTimeZone zone, bool end)
    {
        if (reader.Text(name) is not { } text)
            return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day)
            return ZonedDays.StartOf(end && day.Value < LocalDate.MaxIsoValue ? day.Value.PlusDays(1) : day.Value, zone);
        var moment = reader.Moment(name, zone)!.Value;
        return Formats.Local(moment, zone) is not null ? moment : throw new InvalidParameterException(name, $"\"{text}\" lies outside the years 1 to 9999.");
    }
}
