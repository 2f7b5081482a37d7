using System.Net;
using System.Text;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Features.Storage;
using Duyetbot.Dashboard.IntegrationTests.Access;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Duyetbot.Dashboard.IntegrationTests.Storage;

/// <summary>A file sent by the page is tried, then imported; stopped at any stage, nothing of it is left.</summary>
public sealed class ImportJobTests : IAsyncLifetime
{
    private const string Dump = """
        INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES('telegram:1:1', 1, 'user', 'one', 1000), ('telegram:1:1', 2, 'assistant', 'two', 2000);
        INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES('telegram:1:1', 3, 'robot', 'refused', 3000);
        """;

    private readonly TestDatabase _database = new();
    private TestServer _server = null!;
    private Visitor _person = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ImportJob Job => _server.Services.GetRequiredService<ImportJob>();

    public async ValueTask InitializeAsync()
    {
        _server = await Visitor.ServeAsync(_database.File);
        _person = new Visitor(_server);
        await _person.SignInAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _person.Dispose();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Upload_ByAPerson_IsTriedThenImported()
    {
        using var answer = await UploadAsync(Dump, "Ünicode export.sql");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);

        var tried = await UntilAsync(s => s.Stage == ImportStage.Checked);
        Assert.Equal(("Ünicode export.sql", true, 2, 1), (tried.FileName, tried.Report!.DryRun, tried.Report.Added, tried.Report.Rejected));
        Assert.Equal(0, Messages());
        // Loaded anew, or in another tab, the page shows the same.
        Assert.Contains("data-testid=\"import-report\"", await (await _person.GetAsync("/data")).Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        Job.Import();
        var done = await UntilAsync(s => !s.IsRunning);

        Assert.Equal((ImportStage.Done, false, 2), (done.Stage, done.Report!.DryRun, done.Report.Added));
        Assert.Equal(2, Messages());
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Upload_ByAStranger_IsRefused()
    {
        using var stranger = new Visitor(_server);

        using var answer = await UploadAsync(Dump, visitor: stranger, token: "");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Same(ImportState.None, Job.State);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(null, "https://evil.example")]
    public async Task Upload_ByAnotherSitesPage_IsRefused(string? token, string? origin)
    {
        using var answer = await UploadAsync(Dump, token: token, origin: origin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Same(ImportState.None, Job.State);
    }

    [Fact]
    public async Task Upload_WhileAnotherWaits_IsRefusedUntilItIsDiscarded()
    {
        await UploadAsync(Dump);
        await UntilAsync(s => s.Stage == ImportStage.Checked);

        Assert.Equal(HttpStatusCode.Conflict, (await UploadAsync(Dump)).StatusCode);
        Job.Dismiss();
        Assert.Empty(Left());

        Assert.Equal(HttpStatusCode.NoContent, (await UploadAsync(Dump)).StatusCode);
        await UntilAsync(s => s.Stage == ImportStage.Checked);
    }

    [Fact]
    public async Task Stop_WhileTheFileArrives_LeavesNothing()
    {
        using var body = new EndlessBody();
        var upload = Job.UploadAsync("endless.sql", null, body, CancellationToken.None);
        await UntilAsync(s => s.Received > 0);
        Assert.NotEmpty(Left());

        await Job.CancelAsync();
        await upload;

        Assert.Equal(ImportStage.Stopped, Job.State.Stage);
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_OfTheDryRunOrTheImport_WritesNothing(bool dryRun)
    {
        using var held = new Held(_server.Services.GetRequiredService<Database>());
        if (dryRun)
        {
            await held.HoldAsync();
            await UploadAsync(Dump);
        }
        else
        {
            await UploadAsync(Dump);
            await UntilAsync(s => s.Stage == ImportStage.Checked);
            await held.HoldAsync();
            Job.Import();
        }

        Assert.True(Job.State.IsRunning);
        await Job.CancelAsync();
        var stopped = await UntilAsync(s => !s.IsRunning);

        Assert.Equal(ImportStage.Stopped, stopped.Stage);
        await held.ReleaseAsync();
        Assert.Equal(0, Messages());
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Upload_BeyondTheFreeSpace_SaysSo()
    {
        Job.FreeAt = _ => 100;

        await UploadAsync(Dump);

        Assert.Equal(ImportStage.Failed, Job.State.Stage);
        Assert.Contains("are free", Job.State.Failure, StringComparison.Ordinal);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Upload_OfSomethingElse_IsNamedByItsOwnName()
    {
        await UploadAsync("\0\0\0", "photo.jpg");

        var failed = await UntilAsync(s => !s.IsRunning);

        Assert.Equal(ImportStage.Failed, failed.Stage);
        Assert.StartsWith("photo.jpg is neither", failed.Failure, StringComparison.Ordinal);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Start_AfterAKilledProcess_RemovesItsOldUploadsOnly()
    {
        var (old, young) = (Directory.CreateDirectory(Path.Combine(_database.File.Folder, ".upload-old")), Directory.CreateDirectory(Path.Combine(_database.File.Folder, ".upload-young")));
        old.LastWriteTimeUtc = DateTime.UtcNow.AddDays(-2);

        await Job.StartAsync(Token);

        Assert.False(Directory.Exists(old.FullName));
        Assert.True(Directory.Exists(young.FullName));
    }

    private async Task<HttpResponseMessage> UploadAsync(string text, string name = "export.sql", Visitor? visitor = null, string? token = null, string? origin = null)
    {
        visitor ??= _person;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/data/upload") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        request.Headers.Add("RequestVerificationToken", token ?? await visitor.FormTokenAsync());
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await visitor.Client.SendAsync(request, Token);
    }

    private async Task<ImportState> UntilAsync(Func<ImportState, bool> condition)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (condition(Job.State))
                reached.TrySetResult();
        }

        Job.Changed += Look;
        Look();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        Job.Changed -= Look;
        return Job.State;
    }

    private long Messages() => _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM chat_messages");

    private string[] Left() => [.. Directory.EnumerateFileSystemEntries(_database.File.Folder).Select(e => Path.GetFileName(e)!).Where(n => n.StartsWith('.'))];

    /// <summary>Gives a byte at a time and never ends.</summary>
    private sealed class EndlessBody : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Span[0] = (byte)'-';
            return 1;
        }
    }

    /// <summary>Holds the product's one place for writers.</summary>
    private sealed class Held(Database database) : IDisposable
    {
        private readonly ManualResetEventSlim _release = new();
        private Task _writing = Task.CompletedTask;

        public async Task HoldAsync()
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _writing = database.WriteAsync(
                _ =>
                {
                    begun.SetResult();
                    _release.Wait(Token);
                    return true;
                },
                Token);
            await begun.Task;
        }

        public Task ReleaseAsync()
        {
            _release.Set();
            return _writing;
        }

        public void Dispose()
        {
            _release.Set();
            _release.Dispose();
        }
    }
}
