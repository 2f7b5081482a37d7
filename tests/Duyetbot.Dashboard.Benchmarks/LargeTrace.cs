using System.Globalization;
using System.Text;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>Traces of 10,000 steps, in a database of their own: what the database takes for the steps, and when the pages and the file come.</summary>
internal static class LargeTrace
{
    private const int Steps = 10_000;
    private const int Deep = 200;
    private const int Runs = 10;

    /// <summary>Measures one agent with 9,999 workers, 10,000 agents, and 200 steps one in the other.</summary>
    public static async Task MeasureAsync(ResultTable table)
    {
        using var database = new TestDatabase();
        database.GivenPrice("gpt-5-mini", 0.00025, 0.002, cached: 0.000025);
        var nested = database.GivenEvent("nested", durationMs: 600_000L, agents: $"[{Step(0, $",\"workers\":[{Many(1, Steps)}]")}]");
        var flat = database.GivenEvent("flat", durationMs: 600_000L, agents: $"[{Many(0, Steps)}]");
        var deep = database.GivenEvent("deep", durationMs: 600_000L, agents: $"[{Chain(Deep)}]");
        await using var server = await TestServer.StartAsync(database.File);
        foreach (var (what, id, goal) in new[] { ("10,000 steps, nested", nested, 60.0), ("10,000 steps, flat", flat, 60.0), ("200 steps, one in the other", deep, 10.0) })
        {
            await AddAsync(server, table, $"trace, {what}: its steps as the page reads them", $"/api/v1/events/{id}/ledger", ServedPages.DatabaseTimeAsync, goal);
            await AddAsync(server, table, $"trace, {what}: page, first byte", Urls.Trace(id), ServedPages.FirstByteAsync, null);
        }

        await AddAsync(server, table, "trace, 10,000 steps: compared, first byte", $"{Urls.Trace(nested)}/compare/{flat}", ServedPages.FirstByteAsync, null);
        await AddAsync(server, table, "trace, 10,000 steps: HTML file, first byte", $"/api/v1/events/{nested}/export?format=html", ServedPages.FirstByteAsync, null);
    }

    private static async Task AddAsync(TestServer server, ResultTable table, string what, string path, Func<TestServer, string, Task<double?>> measure, double? goalMs)
    {
        if (await ServedPages.TimeAsync(server, path, measure, Runs) is { } times)
            table.Add(what, times, goalMs);
    }

    private static string Many(int from, int to) => string.Join(',', Enumerable.Range(from, to - from).Select(i => Step(i, "")));

    private static string Chain(int levels)
    {
        var text = new StringBuilder(Step(0, ""));
        for (var i = 1; i < levels; i++)
            text.Insert(0, Step(i, ",\"workers\":[")[..^1]).Append("]}");
        return text.ToString();
    }

    private static string Step(int i, string more) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"name":"worker-{{i % 97}}","type":"worker","duration_ms":{{50 + (i * 37 % 4_000)}},"input_tokens":{{100 + (i % 900)}},"output_tokens":{{20 + (i % 300)}},"cached_tokens":{{i % 90}},"model":"{{(i % 3 == 0 ? "openai/gpt-5-mini" : "gpt-5-mini")}}","tools":["web.search"],"tool_calls":1{{(i % 50 == 7 ? ",\"error\":\"timeout after 30 s\"" : "")}}{{more}}}""");
}
