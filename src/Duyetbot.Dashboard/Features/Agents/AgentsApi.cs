using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>An agent as the API answers it: its figures, and the same per model.</summary>
public sealed record AgentItem : AgentFigures
{
    /// <summary>The line with its models.</summary>
    public AgentItem(AgentLine line)
        : base(line.Figures) => Models = [.. line.Models.Select(m => m.Figures)];

    /// <summary>Per model, in the order asked for.</summary>
    public IReadOnlyList<AgentFigures> Models { get; }
}

/// <summary>What GET /api/v1/agents answers: a list that is always whole.</summary>
/// <param name="Items">An agent each.</param>
/// <param name="NextCursor">Always null.</param>
/// <param name="Totals">All agents together.</param>
public sealed record AgentList(IReadOnlyList<AgentItem> Items, string? NextCursor, AgentFigures Totals);

/// <summary>The HTTP API of agents: the same queries that the page asks.</summary>
internal static class AgentsApi
{
    public static async Task<AgentList> ListAsync(HttpRequest request, AgentQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query);
        var (question, sort) = (Read(reader, options, time), AgentSort.Read(reader));
        reader.RejectUnknown();
        var report = await queries.GetReportAsync(question, cancellationToken);
        return new AgentList([.. sort.Apply(report.Agents).Select(l => new AgentItem(l))], null, report.All.Figures);
    }

    public static async Task<IResult> ListCsvAsync(HttpRequest request, AgentQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query);
        var (question, sort) = (Read(reader, options, time), AgentSort.Read(reader));
        var byModel = reader.OneOf("group_by", "agent", "model") == "model";
        reader.RejectUnknown();
        var lines = sort.Apply((await queries.GetReportAsync(question, cancellationToken)).Agents);
        return Csv.Download("agents.csv", (byModel ? lines.SelectMany(l => l.Models) : lines).Select(l => l.Figures).ToAsyncEnumerable());
    }

    public static async Task<Page<ErrorGroup>> ListErrorsAsync(HttpRequest request, AgentErrorQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query);
        var question = Read(reader, options, time);
        reader.RejectUnknown();
        return new Page<ErrorGroup>((await queries.GetErrorsAsync(question, cancellationToken)).Groups, null);
    }

    public static async Task<IResult> ListErrorsCsvAsync(HttpRequest request, AgentErrorQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query);
        var question = Read(reader, options, time);
        reader.RejectUnknown();
        var groups = (await queries.GetErrorsAsync(question, cancellationToken)).Groups;
        return Csv.Download("agent-errors.csv", groups.Select(g => ErrorCsvRow.Of(g)).ToAsyncEnumerable());
    }

    private static AgentQuestion Read(QueryReader reader, DashboardOptions options, TimeProvider time) =>
        new(FigureRange.Read(reader, reader.Zone("timezone") ?? options.TimeZone, time.GetInstant()), reader.Text("agent"), reader.Text("model"));
}

/// <summary>An error group as a line of the CSV file.</summary>
public sealed record ErrorCsvRow
{
    public required string ErrorKey { get; init; }

    public required string Fingerprint { get; init; }

    public string? AgentName { get; init; }

    public long ErrorCount { get; init; }

    public int UserCount { get; init; }

    /// <summary>Unix ms.</summary>
    public long FirstSeenAt { get; init; }

    /// <summary>Unix ms.</summary>
    public long LastSeenAt { get; init; }

    /// <summary>The newest trace.</summary>
    public string? SampleEventId { get; init; }

    /// <summary>What was said there.</summary>
    public string? SampleMessage { get; init; }

    /// <summary>The line of a group.</summary>
    public static ErrorCsvRow Of(ErrorGroup group) => new()
    {
        ErrorKey = group.ErrorKey,
        Fingerprint = group.Fingerprint,
        AgentName = group.AgentName,
        ErrorCount = group.ErrorCount,
        UserCount = group.UserCount,
        FirstSeenAt = group.FirstSeenAt,
        LastSeenAt = group.LastSeenAt,
        SampleEventId = group.Samples.Count > 0 ? group.Samples[0].EventId : null,
        SampleMessage = group.Samples.Count > 0 ? group.Samples[0].Message : null,
    };
}
