using System.Diagnostics;
using System.Globalization;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Demo;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>A year of made-up data in a file that later runs use again; the same rows on every machine.</summary>
internal sealed class BenchDatabase : IDisposable
{
    private const int Days = 365;

    private BenchDatabase(DatabaseFile file) => File = file;

    /// <summary>Where it is.</summary>
    public DatabaseFile File { get; }

    /// <summary>The moment that pages call now: the end of the data.</summary>
    public static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now);

    /// <summary>Builds the file where it is missing or of another schema.</summary>
    public static async Task<BenchDatabase> OpenAsync(int messages)
    {
        var folder = Path.Combine(Path.GetTempPath(), "duyetbot-benchmarks", messages.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        var file = new DatabaseFile($"Data Source={Path.Combine(folder, "bench.db")}");
        var result = new BenchDatabase(file);
        new Migrator(file, NullLogger<Migrator>.Instance).Run();
        using var database = new Database(file);
        if (await DemoData.IsEmptyAsync(database, CancellationToken.None))
        {
            var watch = Stopwatch.StartNew();
            var written = await DemoData.WriteAsync(database, new DemoOptions { Messages = messages, Days = Days, End = Now }, new Lines(), CancellationToken.None);
            Console.WriteLine($"{written.Messages:N0} messages, {written.Events:N0} events, {written.Conversations:N0} conversations written in {watch.Elapsed.TotalSeconds:N0} s.");
        }

        // Everything derived is ready before anything is measured; the first time it is filled, later runs find nothing to do.
        var refresh = Stopwatch.StartNew();
        await using (var app = DashboardHost.Build(new Dictionary<string, string?> { ["ConnectionStrings:Dashboard"] = $"Data Source={file.FullPath}" }))
        {
            // As a start does; else the first one would mark everything stale.
            await app.Services.GetRequiredService<DerivedSources>().MakeCurrentAsync(CancellationToken.None);
            await app.Services.GetRequiredService<DerivedData>().RefreshAsync(CancellationToken.None);
        }

        using (var connection = SqliteConnections.OpenWrite(file))
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Console.WriteLine($"Roll-ups ready in {refresh.Elapsed.TotalSeconds:N1} s. {file.FullPath}: {new FileInfo(file.FullPath).Length / 1_048_576:N0} MiB.");
        return result;
    }

    /// <summary>The single value of a query.</summary>
    public T Value<T>(string sql, object? args = null)
    {
        using var connection = SqliteConnections.OpenRead(File);
        return connection.ExecuteScalar<T>(sql, args)!;
    }

    /// <inheritdoc/>
    public void Dispose() => SqliteConnection.ClearAllPools();

    private sealed class Lines : IProgress<DemoProgress>
    {
        public void Report(DemoProgress value) => Console.WriteLine($"{value.Messages,12:N0} of {value.Total:N0}");
    }
}
