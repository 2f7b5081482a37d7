using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>What a bot can send and a file can bring: rows over HTTP in batches of 1,000, each answered after its commit, and the same rows as an import; into an empty database and into the benchmark's own.</summary>
/// <remarks>The first batches of messages only warm up the product, which has just been started. Full text and roll-ups are kept meanwhile, as in any running dashboard. The sender shares the machine with the product.</remarks>
internal static class IngestRate
{
    private const int BatchRows = 1_000;
    private const int Messages = 40_000;
    private const int WarmUp = 10;
    private const int Seed = 77;

    /// <summary>Measures both ways on both databases.</summary>
    public static async Task MeasureAsync(BenchDatabase database, ResultTable table)
    {
        var folder = Directory.CreateTempSubdirectory("duyetbot-bench-ingest-").FullName;
        try
        {
            var source = await SourceAsync(Path.Combine(folder, "source.db"));
            var events = Batches(source, "observability_events", "triggered_at");
            var messages = Batches(source, "chat_messages", "timestamp");
            var rows = database.Value<long>("SELECT COUNT(*) FROM chat_messages");
            foreach (var (name, from) in new (string, DatabaseFile?)[] { ("an empty database", null), ($"{rows:N0} messages", database.File) })
            {
                foreach (var senders in new[] { 1, 4 })
                {
                    await using var server = await TestServer.StartAsync(Copy(from, Path.Combine(folder, "target.db")));
                    table.AddRate($"ingest into {name}: events, {senders} at once", await SendAsync(server, "events", events, senders), null);
                    await SendAsync(server, "messages", messages[..WarmUp], senders);
                    table.AddRate($"ingest into {name}: messages, {senders} at once", await SendAsync(server, "messages", messages[WarmUp..], senders), 10_000);
                }

                using var target = new Database(Copy(from, Path.Combine(folder, "target.db")));
                new Migrator(target.File, Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance).Run();
                var watch = Stopwatch.StartNew();
                var report = await Importer.RunAsync(target, source.FullPath, dryRun: false, progress: null, CancellationToken.None);
                table.AddRate($"import of a SQLite file into {name}", report.Read / watch.Elapsed.TotalSeconds, 20_000);
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<DatabaseFile> SourceAsync(string path)
    {
        var file = new DatabaseFile($"Data Source={path}");
        new Migrator(file, Microsoft.Extensions.Logging.Abstractions.NullLogger<Migrator>.Instance).Run();
        using var database = new Database(file);
        await DemoData.WriteAsync(database, new DemoOptions { Messages = Messages, Days = 30, Seed = Seed, End = BenchDatabase.Now.AddDays(30) }, null, CancellationToken.None);
        return file;
    }

    private static DatabaseFile Copy(DatabaseFile? from, string path)
    {
        SqliteConnection.ClearAllPools();
        foreach (var old in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            File.Delete(old);
        if (from is not null)
        {
            using var connection = SqliteConnections.OpenUnpooled(from);
            connection.Execute("VACUUM INTO @path", new { path });
        }

        return new DatabaseFile($"Data Source={path}");
    }

    // In the order of time, as they would come from a bot.
    private static List<byte[]> Batches(DatabaseFile source, string table, string time)
    {
        using var connection = SqliteConnections.OpenRead(source);
        return
        [
            .. connection.Query($"SELECT * FROM {table} ORDER BY {time}")
                .Select(r => ((IDictionary<string, object?>)r).Where(c => c.Value is not null && c.Key != "id").ToDictionary(c => c.Key, c => c.Value))
                .Chunk(BatchRows)
                .Select(b => JsonSerializer.SerializeToUtf8Bytes(b)),
        ];
    }

    private static async Task<double> SendAsync(TestServer server, string what, List<byte[]> batches, int senders)
    {
        var accepted = 0L;
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = senders }, async (batch, token) =>
        {
            using var content = new ByteArrayContent(batch);
            using var answer = await server.Client.PostAsync(new Uri($"/api/v1/ingest/{what}", UriKind.Relative), content, token);
            answer.EnsureSuccessStatusCode();
            var verdict = await answer.Content.ReadFromJsonAsync<Verdict>(token);
            Interlocked.Add(ref accepted, verdict!.Accepted);
        });
        return accepted / watch.Elapsed.TotalSeconds;
    }

    private sealed record Verdict(long Accepted);
}
