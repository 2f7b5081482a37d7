using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.IntegrationTests.Live;

/// <summary>The watcher sees what another connection commits, as another process would, and costs nothing while nobody follows.</summary>
public sealed class DataWatcherTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestDatabase _database = new();
    private readonly DataWatcher _watcher;
    private readonly SemaphoreSlim _told = new(0);

    public DataWatcherTests() => _watcher = new DataWatcher(_database.File, TimeProvider.System, NullLogger<DataWatcher>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watcher_FollowedAnew_TellsOnceForWhatCameBefore()
    {
        using var following = _watcher.Follow(() => _told.Release());

        await ToldAsync();

        await QuietAsync();
    }

    [Theory]
    [InlineData("INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('a', 1, 'user', 'x', 1)")]
    [InlineData("INSERT INTO observability_events(event_id, app_source, event_type, triggered_at) VALUES ('new', 's', 't', 1)")]
    [InlineData("UPDATE observability_events SET status = 'success' WHERE event_id = 'old'")]
    [InlineData("DELETE FROM chat_messages; INSERT INTO chat_messages(session_id, sequence, role, content, timestamp) VALUES ('old', 1, 'user', 'x', 1)")]
    public async Task Watcher_AnotherConnectionCommits_TellsEveryFollower(string sql)
    {
        using var other = new SemaphoreSlim(0);
        using var first = _watcher.Follow(() => _told.Release());
        using var second = _watcher.Follow(() => other.Release());
        await ToldAsync();
        Assert.True(await other.WaitAsync(Patience, Token));

        _database.Connection.Execute(sql);

        await ToldAsync();
        Assert.True(await other.WaitAsync(Patience, Token));
    }

    [Fact]
    public async Task Watcher_OwnProcessCommits_Tells()
    {
        using var following = _watcher.Follow(() => _told.Release());
        await ToldAsync();

        await _database.Database.WriteAsync(c => c.Execute("UPDATE chat_messages SET content = 'y'"), Token);

        await ToldAsync();
    }

    [Fact]
    public async Task Watcher_NobodyFollows_LooksAtNothingAndWakesAgain()
    {
        var following = _watcher.Follow(() => _told.Release());
        await ToldAsync();
        following.Dispose();
        Assert.Equal(0, _watcher.Followers);
        await QuietAsync();
        var looks = _watcher.Looks;
        _database.GivenMessage("later");
        await QuietAsync();
        Assert.Equal(looks, _watcher.Looks);
        Assert.Equal(0, _told.CurrentCount);

        using var again = _watcher.Follow(() => _told.Release());

        await ToldAsync();
    }

    public async ValueTask InitializeAsync()
    {
        _database.GivenMessage("old");
        _database.GivenEvent("old", status: "processing");
        await _watcher.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _watcher.StopAsync(CancellationToken.None);
        _watcher.Dispose();
        _told.Dispose();
        _database.Dispose();
    }

    private async Task ToldAsync() => Assert.True(await _told.WaitAsync(Patience, Token), "Nobody was told.");

    // Longer than the watcher's own interval: what has not come by then does not come.
    private async Task QuietAsync() => Assert.False(await _told.WaitAsync(TimeSpan.FromSeconds(1.5), Token), "Somebody was told of nothing.");
}
