using System.Text.Json;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>The HTTP API of findings: all of them, or the rows of one (<c>kind</c>); range and zone as in the page's address.</summary>
internal static class QualityApi
{
    private const int Samples = 5;

    public static async Task<IResult> GetAsync(HttpRequest request, QualityQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query);
        var now = time.GetInstant();
        var (range, kind) = Read(reader, options, now);
        var limit = (int)(reader.Whole("limit", 1, 500) ?? 50);
        var cursor = reader.Text("cursor");
        reader.RejectUnknown();
        if (kind is null)
        {
            if (cursor is not null)
                throw new InvalidParameterException("cursor", "needs kind: all findings are one page.");
            return Results.Ok(new Page<QualityFinding>(await FindAsync(queries, range, now, cancellationToken), null));
        }

        return Results.Ok(await queries.ListAsync(kind, range, now, limit, cursor, toTheEnd: true, cancellationToken));
    }

    public static async Task<IResult> GetCsvAsync(HttpRequest request, QualityQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query);
        var now = time.GetInstant();
        var (range, kind) = Read(reader, options, now);
        reader.RejectUnknown();
        if (kind is not null)
            return Csv.Download($"quality-{kind.Kind}.csv", queries.StreamAsync(kind, range, now, cancellationToken));
        var findings = await FindAsync(queries, range, now, cancellationToken);
        return Csv.Download("quality.csv", findings.Select(Line).ToAsyncEnumerable());
    }

    private static (TimeRange Range, QualityKind? Kind) Read(QueryReader reader, DashboardOptions options, Instant now)
    {
        var range = TimeRange.Read(reader, options.TimeZone, now);
        var kind = reader.OneOf("kind", [.. QualityKinds.All.Select(k => k.Kind)]);
        return (range, QualityKinds.Find(kind));
    }

    private static async Task<IReadOnlyList<QualityFinding>> FindAsync(QualityQueries queries, TimeRange range, Instant now, CancellationToken cancellationToken)
    {
        // The gateway bounds how many run at once.
        var answers = await Task.WhenAll(Enum.GetValues<QualityGroup>().Select(g => queries.CountAsync(g, range, now, cancellationToken)));
        var counts = answers.SelectMany(a => a.Counts).ToDictionary(c => c.Kind);
        return await Task.WhenAll(QualityKinds.All.Select(async kind => Finding(
            kind,
            counts[kind.Kind],
            counts[kind.Kind].Count == 0 ? [] : (await queries.ListAsync(kind, range, now, Samples, null, toTheEnd: false, cancellationToken)).Items)));
    }

    private static QualityFinding Finding(QualityKind kind, FindingCount count, IReadOnlyList<FindingSample> samples) => new()
    {
        Kind = kind.Kind,
        Severity = kind.Severity,
        Title = kind.Title,
        Meaning = kind.Meaning,
        Action = kind.Action,
        Count = count.Count,
        CheckedCount = count.Checked,
        TotalCount = count.Total,
        Share = count.Share,
        FirstSeenAt = count.FirstSeenAt,
        LastSeenAt = count.LastSeenAt,
        SampleIds = [.. samples.Select(s => kind.Noun switch { "message" => s.MessageId, "trace" => s.EventId, _ => s.Model }).OfType<string>()],
    };

    private static QualityCsvRow Line(QualityFinding f) => new(
        f.Kind, JsonNamingPolicy.SnakeCaseLower.ConvertName(f.Severity.ToString()), f.Title, f.Count, f.CheckedCount, f.TotalCount, f.Share, f.FirstSeenAt, f.LastSeenAt, string.Join(' ', f.SampleIds));
}
