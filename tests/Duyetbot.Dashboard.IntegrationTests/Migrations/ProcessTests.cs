using System.Diagnostics;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Migrations;

public sealed class ProcessTests
{
    [Fact]
    public async Task Migrate_FourProcessesAtOnce_OneMigratesAndNoneFails()
    {
        using var database = new HistoricalDatabase(8, rows: StageRows.Dirty);
        var before = Inventory.Read(database);

        var processes = Enumerable.Range(0, 4).Select(_ => ProductProcess.Start(database.File, "migrate")).ToList();
        var outputs = await Task.WhenAll(processes.Select(p => p.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)));
        foreach (var process in processes)
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }

        Assert.Single(outputs, o => o.Contains("applied   0010_dashboard.sql", StringComparison.Ordinal));
        Assert.Equal(3, outputs.Count(o => o.Contains("Up to date.", StringComparison.Ordinal)));
        before.RequireKept(database);
        Assert.Single(database.FileNames(), f => f.Contains(".before-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_FourThreadsOnANewFile_NoneFails()
    {
        using var database = new HistoricalDatabase();
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(database.Migrator.Run)));
        Assert.Single(reports, r => r.Applied.Count > 0);
        Assert.True(database.Migrator.Run().IsUpToDate);
    }

    [Fact]
    public void Migrate_KilledAtAnyMoment_LeavesTheOldOrTheNew()
    {
        using var fresh = new HistoricalDatabase();
        fresh.Migrator.Run();
        var finished = fresh.SchemaRows();
        using var model = new HistoricalDatabase(8, rows: StageRows.Dirty);
        model.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) SELECT 'telegram:' || (i % 100) || ':1', i, 'user', hex(randomblob(50)), i FROM n");
        var old = model.SchemaRows();
        var before = Inventory.Read(model);
        var whole = TimeOf(model);
        var random = new Random(20261123);
        int wereOld = 0, wereNew = 0;
        for (var round = 0; round < ProductProcess.KillRounds; round++)
        {
            using var database = new HistoricalDatabase();
            File.Copy(model.File.FullPath, database.File.FullPath);
            using (var process = ProductProcess.Start(database.File, "migrate"))
            {
                if (!process.WaitForExit(TimeSpan.FromMilliseconds(whole.TotalMilliseconds * (0.25 + (0.75 * random.NextDouble())))))
                    process.Kill();
                process.WaitForExit();
            }

            var schema = database.SchemaRows();
            if (schema.SequenceEqual(old))
                wereOld++;
            else
                wereNew++;
            Assert.True(schema.SequenceEqual(old) || schema.SequenceEqual(finished), "neither the old schema nor the new");
            database.Migrator.Run();
            Assert.Equal(finished, database.SchemaRows());
            before.RequireKept(database);
            Assert.DoesNotContain(database.FileNames(), f => f.Contains("partial", StringComparison.Ordinal));
        }

        TestContext.Current.SendDiagnosticMessage($"old {wereOld}, new {wereNew}");
    }

    [Fact]
    public void Migrate_DryRun_SaysWhatItWouldDoAndWritesNothing()
    {
        using var database = new HistoricalDatabase(6);
        var bytes = database.Bytes();

        using var process = ProductProcess.Start(database.File, "migrate", "--dry-run");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("present   0006_analytics_views.sql", output, StringComparison.Ordinal);
        Assert.Contains("pending   0007_enhance_chat_messages.sql", output, StringComparison.Ordinal);
        Assert.Contains("analytics_messages: 5 rows = 3 matched + 2 inserted + 0 kept", output, StringComparison.Ordinal);
        Assert.Equal(bytes, database.Bytes());
        Assert.Equal(["bot.db"], database.FileNames());
    }

    [Fact]
    public void Migrate_DryRunWithoutAFile_MakesNone()
    {
        using var database = new HistoricalDatabase();
        Assert.NotEmpty(database.Migrator.Preview().Applied);
        Assert.Empty(database.FileNames());
    }

    [Fact]
    public void Migrate_NoDatabase_EndsWithOneSentence()
    {
        using var database = new HistoricalDatabase();
        File.WriteAllText(database.File.FullPath, "a letter to a friend");

        using var process = ProductProcess.Start(database.File, "migrate");
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(1, process.ExitCode);
        Assert.Equal($"{database.File.FullPath} is not a SQLite database. Nothing was written.", error.Trim());
    }

    private static TimeSpan TimeOf(HistoricalDatabase model)
    {
        using var database = new HistoricalDatabase();
        File.Copy(model.File.FullPath, database.File.FullPath);
        var started = Stopwatch.GetTimestamp();
        using var process = ProductProcess.Start(database.File, "migrate");
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return Stopwatch.GetElapsedTime(started);
    }
}
