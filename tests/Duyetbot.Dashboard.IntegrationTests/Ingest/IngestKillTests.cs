using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Ingest;

/// <summary>The process is killed in the middle of ingest, at moments that a seed chooses: what was acknowledged is there.</summary>
public sealed class IngestKillTests
{
    private const int Senders = 4;
    private const int Seed = 20261126;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingest_KilledAtAnyMoment_KeepsWhatWasAcknowledged()
    {
        using var database = new TestDatabase();

        var acknowledged = await KillAsync(database, ProductProcess.KillRounds, new Dictionary<string, string>());

        Assert.True(acknowledged.Count > ProductProcess.KillRounds, $"{acknowledged.Count} acknowledged with seed {Seed}");
        Assert.Empty(Lost(database, acknowledged));
        Assert.Equal("ok", database.Connection.ExecuteScalar<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Ingest_AcknowledgedBeforeTheCommit_IsCaught()
    {
        using var database = new TestDatabase();

        var acknowledged = await KillAsync(database, 2, EarlyAnswer.Environment);

        Assert.NotEmpty(Lost(database, acknowledged));
    }

    private static IEnumerable<string> Lost(TestDatabase database, IEnumerable<string> acknowledged) =>
        acknowledged.Except(database.Connection.Query<string>("SELECT message_id FROM chat_messages"));

    private static async Task<IReadOnlyCollection<string>> KillAsync(TestDatabase database, int rounds, IReadOnlyDictionary<string, string> environment)
    {
        var random = new Random(Seed);
        var acknowledged = new ConcurrentBag<string>();
        for (var round = 0; round < rounds; round++)
        {
            using var process = ProductProcess.Start(database.File, environment, "--urls", "http://127.0.0.1:0");
            using var client = new HttpClient { BaseAddress = await AddressOf(process) };
            using var killed = new CancellationTokenSource();
            var answered = new TaskCompletionSource();
            var senders = Enumerable.Range(0, Senders).Select(s => SendAsync(client, $"{round}-{s}", acknowledged, answered, killed.Token)).ToList();
            // From the first answer on, so that every round has some.
            await Task.WhenAny(senders.Append(answered.Task));
            await Task.Delay(random.Next(150), Token);
            process.Kill();
            await process.WaitForExitAsync(Token);
            await killed.CancelAsync();
            await Task.WhenAll(senders);
        }

        return acknowledged;
    }

    private static async Task SendAsync(HttpClient client, string prefix, ConcurrentBag<string> acknowledged, TaskCompletionSource answered, CancellationToken token)
    {
        for (var batch = 0; !token.IsCancellationRequested; batch++)
        {
            var ids = Enumerable.Range(0, 20).Select(i => $"{prefix}-{batch}-{i}").ToList();
            var body = string.Join('\n', ids.Select((id, i) => $$"""{"message_id":"{{id}}","session_id":"api:{{prefix}}","sequence":{{(batch * 20) + i}},"role":"user","content":"{{id}}"}"""));
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
                using var response = await client.PostAsync("/api/v1/ingest/messages", content, token);
                // Overload is no fault; any other refusal is, and would be waited for without end.
                Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.ServiceUnavailable, $"{response.StatusCode}");
                if (!response.IsSuccessStatusCode)
                    continue;
                var answer = await response.Content.ReadFromJsonAsync<Verdict>(token);
                Assert.Equal(20, answer!.Accepted);
                ids.ForEach(acknowledged.Add);
                answered.TrySetResult();
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task<Uri> AddressOf(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith("Dashboard", StringComparison.Ordinal))
            {
                // Or the pipe fills and the process waits for a reader.
                _ = process.StandardOutput.ReadToEndAsync(Token);
                return new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
            }
        }

        throw new InvalidOperationException("The product ended before it listened.");
    }

    private sealed record Verdict(int Accepted);
}
