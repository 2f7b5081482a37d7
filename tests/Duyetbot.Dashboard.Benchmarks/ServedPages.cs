using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>The product on Kestrel: what the database takes of each answer (Server-Timing), and when a page's first byte comes.</summary>
internal static class ServedPages
{
    private const int WarmUp = 5;
    private const int Runs = 60;

    /// <summary>Measures the API's queries and the pages.</summary>
    public static async Task MeasureAsync(BenchDatabase database, ResultTable table)
    {
        await using var server = await TestServer.StartAsync(database.File, b => b.Services.AddSingleton<TimeProvider>(new EndOfData()));
        var big = database.Value<string>("SELECT session_id FROM chat_messages GROUP BY session_id ORDER BY COUNT(*) DESC LIMIT 1");
        var trace = database.Value<string>("SELECT event_id FROM observability_events WHERE agents IS NOT NULL ORDER BY length(agents) DESC LIMIT 1");
        var user = database.Value<string>("SELECT user_id FROM chat_messages WHERE user_id IS NOT NULL GROUP BY user_id ORDER BY COUNT(*) DESC LIMIT 1");
        var deep = await DeepCursorAsync(server, 40);

        foreach (var (what, query, goal) in new (string, string, double)[]
        {
            ("list: default sort", "", 5),
            ("list: 40 pages deep", $"cursor={Uri.EscapeDataString(deep)}&limit=50", 5),
            ("list: by tokens", "sort=-total_tokens", 5),
            ("list: by cost", "sort=-estimated_cost_usd", 5),
            ("list: one platform", "platform=github", 5),
            ("list: one user", $"user_id={Uri.EscapeDataString(user)}", 5),
            ("list: with errors", "has_error=true", 5),
            ("list: starred", "starred=true", 5),
            ("list: one model", "model=gpt-5-mini", 5),
            ("list: text", "q=timeout", 20),
        })
        {
            await AddQueryAsync(server, table, what, "/api/v1/conversations?" + query, goal, "list");
        }

        await AddQueryAsync(server, table, "conversation: window of 100", $"{ConversationApi(big)}/messages?limit=100", 5);
        await AddQueryAsync(server, table, "trace: its steps (the largest)", $"/api/v1/events/{Uri.EscapeDataString(trace)}/steps", 2);
        await AddQueryAsync(server, table, "usage: 30 days", $"/api/v1/usage?from={Day(29)}&to={Day(0)}&granularity=day", 10, "usage");
        await AddQueryAsync(server, table, "usage: 365 days", $"/api/v1/usage?from={Day(364)}&to={Day(0)}&granularity=day", 10, "usage");
        await AddQueryAsync(server, table, "usage: 365 days by model", $"/api/v1/usage?from={Day(364)}&to={Day(0)}&granularity=day&group_by=model", 10, "usage");
        await AddQueryAsync(server, table, "traces: newest", "/api/v1/events", 5);
        await AddQueryAsync(server, table, "traces: slowest", "/api/v1/events?sort=-duration_ms", 5);

        foreach (var (what, path) in new[]
        {
            ("page: overview", Urls.Overview), ("page: conversations", Urls.Conversations), ("page: the largest conversation", Urls.Conversation(big)),
            ("page: traces", Urls.Traces), ("page: the largest trace", Urls.Trace(trace)), ("page: usage", Urls.Usage), ("page: usage, a year", Urls.Usage + "?range=1y"),
        })
        {
            if (await TimeAsync(server, path, FirstByteAsync) is { } times)
                table.Add(what + ", first byte", times, 10);
        }
    }

    private static string ConversationApi(string id) => $"/api/v1/conversations/{Uri.EscapeDataString(id)}";

    private static string Day(int ago) => BenchDatabase.Now.AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<string> DeepCursorAsync(TestServer server, int pages)
    {
        var cursor = "";
        for (var page = 0; page < pages; page++)
        {
            using var json = JsonDocument.Parse(await server.Client.GetStringAsync(new Uri($"/api/v1/conversations?limit=50&cursor={Uri.EscapeDataString(cursor)}", UriKind.Relative)));
            if (json.RootElement.GetProperty("next_cursor").GetString() is not { } next)
                break;
            cursor = next;
        }

        return cursor;
    }

    private static async Task AddQueryAsync(TestServer server, ResultTable table, string what, string path, double goalMs, string? naive = null)
    {
        if (await TimeAsync(server, path, DatabaseTimeAsync) is { } times)
            table.Add(what, times, goalMs, naive);
    }

    internal static async Task<List<double>?> TimeAsync(TestServer server, string path, Func<TestServer, string, Task<double?>> measure, int runs = Runs)
    {
        var times = new List<double>();
        for (var run = 0; run < WarmUp + runs; run++)
        {
            if (await measure(server, path) is not { } ms)
            {
                Console.WriteLine($"No answer from {path}.");
                return null;
            }

            if (run >= WarmUp)
                times.Add(ms);
        }

        return times;
    }

    internal static async Task<double?> DatabaseTimeAsync(TestServer server, string path)
    {
        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative));
        return response.IsSuccessStatusCode && response.Headers.TryGetValues("Server-Timing", out var timing)
            ? double.Parse(timing.First().Split("dur=")[1].Split(',', ';')[0], CultureInfo.InvariantCulture)
            : null;
    }

    internal static async Task<double?> FirstByteAsync(TestServer server, string path)
    {
        var watch = Stopwatch.StartNew();
        using var response = await server.Client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1]);
        var first = watch.Elapsed.TotalMilliseconds;
        await body.CopyToAsync(Stream.Null);
        return response.IsSuccessStatusCode ? first : null;
    }

    private sealed class EndOfData : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => BenchDatabase.Now;
    }
}
