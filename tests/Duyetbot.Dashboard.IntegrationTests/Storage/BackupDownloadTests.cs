using System.Net;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Features.Storage;
using Duyetbot.Dashboard.IntegrationTests.Access;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Storage;

/// <summary>What the Data page says of the database, and the copy that it gives to people only.</summary>
public sealed class BackupDownloadTests(Door door) : IClassFixture<Door>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_ForAPerson_IsTheDatabaseAndLeavesNothing()
    {
        door.Database.GivenMessage(session: "telegram:backup:1", content: "kept");
        using var person = new Visitor(door.Server);
        await person.SignInAsync(door.Server);

        using var answer = await person.GetAsync("/data/backup");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.EndsWith(".db", answer.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        var path = Path.Combine(door.Database.File.Folder, "restored.db");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync(Token), Token);
        using var restored = SqliteConnections.OpenUnpooled(new DatabaseFile($"Data Source={path}"));
        Assert.Equal("kept", restored.ExecuteScalar<string>("SELECT content FROM chat_messages WHERE session_id = 'telegram:backup:1'"));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(door.Database.File.Folder), e => Path.GetFileName(e).StartsWith(".backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Backup_ForAStranger_IsTheSignInPage()
    {
        using var stranger = new Visitor(door.Server);

        using var answer = await stranger.GetAsync("/data/backup");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_ForAnotherSitesPage_IsRefused()
    {
        using var person = new Visitor(door.Server);
        await person.SignInAsync(door.Server);

        using var answer = await person.SendAsync("GET", "/data/backup", ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Report_OfAMigratedDatabase_NamesEveryMigrationWithItsTime()
    {
        var report = await door.Server.Services.GetRequiredService<StorageQueries>().GetReportAsync(Token);

        Assert.Equal(door.Database.Connection.Query<string>("SELECT name FROM d1_migrations ORDER BY id DESC"), report.Migrations.Select(m => m.Name));
        Assert.All(report.Migrations, m => Assert.NotNull(m.AppliedAt));
        Assert.Equal(door.Database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages"), report.Rows.Single(r => r.Table == "chat_messages").Count);
        Assert.True(report.Bytes > 0 && report.DiskBytes > 0);
    }

    [Fact]
    public async Task Verify_FromThePage_FindsWhatTheCommandFinds()
    {
        var job = door.Server.Services.GetRequiredService<VerifyJob>();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        job.Changed += () =>
        {
            if (!job.State.IsRunning)
                ended.TrySetResult();
        };

        job.Start();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);

        Assert.Null(job.State.Failure);
        Assert.True(job.State.IsRight);
        Assert.Equal(4, job.State.Findings.Count(f => f.IsOk));
    }
}
