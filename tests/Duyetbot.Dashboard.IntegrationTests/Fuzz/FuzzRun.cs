using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Fuzz;

/// <summary>What a run found.</summary>
internal sealed record FuzzReport(int Seed, int Requests, IReadOnlyList<string> Findings, IReadOnlyDictionary<string, IReadOnlyCollection<int>> StatusesByOperation)
{
    public string Words => $"Seed {Seed}, {Requests} requests: " + string.Join(", ", StatusesByOperation.Values.SelectMany(s => s).CountBy(s => s).OrderBy(s => s.Key).Select(s => $"{s.Value} × {s.Key}"));
}

/// <summary>Sends requests that a seed chooses over real Kestrel, several at once, and judges every answer.</summary>
internal static class FuzzRun
{
    private const int AtOnce = 4;

    public static async Task<FuzzReport> SendAsync(TestServer server, TestDatabase database, int seed, int requests, Func<FuzzOperation, bool>? only, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json", cancellationToken));
        var operations = FuzzGrammar.Read(document.RootElement).Where(o => only?.Invoke(o) ?? true).ToList();
        var values = new FuzzValues(Known(database, await CursorsAsync(client, operations, cancellationToken)));
        var findings = new ConcurrentBag<string>();
        var statuses = operations.ToDictionary(o => o.ToString(), _ => new ConcurrentBag<int>());
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (number, token) =>
        {
            var request = FuzzRequest.Make(seed, number, operations, values);
            try
            {
                using var message = request.ToMessage(server.Address);
                using var answer = await client.SendAsync(message, token);
                var status = (int)answer.StatusCode;
                statuses[request.Operation.ToString()].Add(status);
                if (FuzzAnswer.Problem(request, status, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync(token)) is { } problem)
                    findings.Add($"#{number} {request}\n  → {problem}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException && !token.IsCancellationRequested)
            {
                findings.Add($"#{number} {request}\n  → no whole answer: {e.Message} {e.InnerException?.Message}");
            }
        });
        return new FuzzReport(seed, requests, [.. findings], statuses.ToDictionary(s => s.Key, s => (IReadOnlyCollection<int>)s.Value));
    }

    private static async Task<IReadOnlyList<string>> CursorsAsync(HttpClient client, List<FuzzOperation> operations, CancellationToken cancellationToken)
    {
        var cursors = new List<string>();
        foreach (var operation in operations.Where(o => o.Query.Any(q => q.Name == "cursor") && !o.Path.Contains('{', StringComparison.Ordinal)))
        {
            using var answer = JsonDocument.Parse(await client.GetStringAsync(operation.Path + "?limit=1", cancellationToken));
            if (answer.RootElement.GetProperty("next_cursor").GetString() is { } cursor)
                cursors.Add(cursor);
        }

        return cursors;
    }

    // What is really there, so that a filter finds something.
    private static Dictionary<string, IReadOnlyList<string>> Known(TestDatabase database, IReadOnlyList<string> cursors)
    {
        var known = new Dictionary<string, IReadOnlyList<string>> { ["cursor"] = cursors };
        foreach (var (name, sql) in new[]
        {
            ("conversation_id", "SELECT DISTINCT session_id FROM chat_messages"),
            ("session_id", "SELECT DISTINCT session_id FROM chat_messages"),
            ("message_id", "SELECT message_id FROM analytics_messages_view"),
            ("event_id", "SELECT event_id FROM observability_events"),
            ("user_id", "SELECT DISTINCT user_id FROM chat_messages"),
            ("username", "SELECT DISTINCT username FROM chat_messages"),
            ("platform", "SELECT DISTINCT platform FROM chat_messages"),
            ("model", "SELECT DISTINCT model FROM chat_messages"),
            ("app_source", "SELECT DISTINCT app_source FROM observability_events"),
            ("source", "SELECT DISTINCT app_source FROM observability_events"),
            ("event_type", "SELECT DISTINCT event_type FROM observability_events"),
            ("status", "SELECT DISTINCT status FROM observability_events"),
            ("agent", "SELECT DISTINCT agent_name FROM analytics_agent_steps_view"),
            ("id", "SELECT id FROM analytics_cost_config"),
        })
        {
            known[name] = [.. database.Connection.Query($"{sql} LIMIT 40").Select(row => ((IDictionary<string, object?>)row).Values.First()?.ToString()).OfType<string>()];
        }

        // Of models without a price a new one overlaps none.
        known["model"] = [.. known["model"], .. Enumerable.Range(0, 20).Select(i => $"model-{i}")];
        known["role"] = ["user", "assistant", "system", "tool"];
        known["timestamp"] = known["triggered_at"] = [TestDatabase.Now.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        known["visibility"] = ["private", "unlisted", "public"];
        known["effective_from"] = ["0", "1700000000000", "1900000000000"];
        return known;
    }
}
