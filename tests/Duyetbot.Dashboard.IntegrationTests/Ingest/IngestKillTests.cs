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
    private const int Rounds = 5;
    private const int Senders = 4;
    private const int Seed = 20261126;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingest_KilledAtAnyMoment_KeepsWhatWasAcknowledged()
    {
        using var database = new TestDatabase();
        var random = new Random(Seed);
        var acknowledged = new ConcurrentBag<string>();
        for (var round = 0; round < Rounds; round++)
        {
            using var process = Start(database.File);
            using var client = new HttpClient { BaseAddress = await AddressOf(process) };
            using var killed = new CancellationTokenSource();
            var senders = Enumerable.Range(0, Senders).Select(s => SendAsync(client, $"{round}-{s}", acknowledged, killed.Token)).ToList();
            // From the first answers on, so that every round has some.
            var known = acknowledged.Count;
            while (acknowledged.Count == known && senders.TrueForAll(s => !s.IsCompleted))
                await Task.Delay(10, Token);
            await Task.Delay(random.Next(150), Token);
            process.Kill();
            await process.WaitForExitAsync(Token);
            await killed.CancelAsync();
            await Task.WhenAll(senders);
        }

        var there = database.Connection.Query<string>("SELECT message_id FROM chat_messages").ToHashSet();
        Assert.True(acknowledged.Count > Rounds, $"{acknowledged.Count} acknowledged with seed {Seed}");
        Assert.Empty(acknowledged.Except(there));
        Assert.Equal("ok", database.Connection.ExecuteScalar<string>("PRAGMA integrity_check"));
    }

    private static async Task SendAsync(HttpClient client, string prefix, ConcurrentBag<string> acknowledged, CancellationToken token)
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
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private static Process Start(DatabaseFile file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet") { RedirectStandardOutput = true };
        start.Environment["Dashboard__Auth__Mode"] = "Unsecured";
        foreach (var argument in new[] { typeof(Database).Assembly.Location, "--database", file.FullPath, "--urls", "http://127.0.0.1:0" })
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
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
