using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>The one watcher for all tabs: tells them within a second that somebody committed, this process or another.</summary>
/// <remarks>
/// One held read-only connection asks <c>PRAGMA data_version</c>, which changes with every commit of any other connection and reads
/// no page. Roll-ups commit too; so a commit that added no message and no event is passed on at most once a second. It sleeps, without
/// a connection, while nobody follows.
/// </remarks>
public sealed class DataWatcher(DatabaseFile file, TimeProvider time, ILogger<DataWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int QuietTicks = 3;

    private readonly Lock _gate = new();
    private readonly List<Follower> _followers = [];
    private TaskCompletionSource _woken = NewSignal();
    private long _looks;

    /// <summary>Tabs that follow at this moment.</summary>
    public int Followers
    {
        get
        {
            lock (_gate)
                return _followers.Count;
        }
    }

    /// <summary>How often the database was looked at since the start; it stands still while nobody follows.</summary>
    public long Looks => Interlocked.Read(ref _looks);

    /// <summary>Calls back soon, for what came before the call, and then after every commit, until the result is disposed.</summary>
    /// <param name="changed">Called on the watcher's own thread; it must only pass the word on.</param>
    public IDisposable Follow(Action changed)
    {
        var follower = new Follower(this, changed);
        lock (_gate)
        {
            _followers.Add(follower);
            _woken.TrySetResult();
        }

        return follower;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await WakeAsync().WaitAsync(stoppingToken);
                try
                {
                    await WatchAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    logger.LogWarning("Following new data waits: {Reason}", e.Message);
                    await Task.Delay(Patience, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        using var connection = SqliteConnections.OpenRead(file);
        var seen = Look(connection);
        var quiet = 0;
        while (true)
        {
            Tell(onlyNew: true);
            await Task.Delay(Interval, time, stoppingToken);
            if (Followers == 0)
                return;
            var now = Look(connection);
            var grown = now.LastMessage != seen.LastMessage || now.LastEvent != seen.LastEvent;
            var waits = quiet > 0 || now.Version != seen.Version;
            seen = now;
            quiet = waits ? quiet + 1 : 0;
            if (!grown && quiet < QuietTicks)
                continue;
            quiet = 0;
            Tell(onlyNew: false);
        }
    }

    private Snapshot Look(SqliteConnection connection)
    {
        Interlocked.Increment(ref _looks);
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        var version = (long)command.ExecuteScalar()!;
        // Ids are never given twice (AUTOINCREMENT), so that a rewritten session raises the highest one too.
        command.CommandText = "SELECT (SELECT MAX(id) FROM chat_messages), (SELECT MAX(id) FROM observability_events)";
        using var reader = command.ExecuteReader();
        reader.Read();
        return new Snapshot(version, reader.IsDBNull(0) ? 0 : reader.GetInt64(0), reader.IsDBNull(1) ? 0 : reader.GetInt64(1));
    }

    private void Tell(bool onlyNew)
    {
        List<Follower> told;
        lock (_gate)
        {
            told = onlyNew ? _followers.FindAll(f => f.IsNew) : [.. _followers];
            foreach (var follower in told)
                follower.IsNew = false;
        }

        foreach (var follower in told)
        {
            try
            {
                follower.Changed();
            }
            catch (Exception e)
            {
                // A tab that is just going; the others must still hear of it.
                logger.LogWarning("A tab could not be told of new data: {Reason}", e.Message);
            }
        }
    }

    private Task WakeAsync()
    {
        lock (_gate)
        {
            if (_followers.Count > 0)
                return Task.CompletedTask;
            _woken = NewSignal();
            return _woken.Task;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Snapshot(long Version, long LastMessage, long LastEvent);

    private sealed class Follower(DataWatcher watcher, Action changed) : IDisposable
    {
        public bool IsNew { get; set; } = true;

        public Action Changed => changed;

        public void Dispose()
        {
            lock (watcher._gate)
                watcher._followers.Remove(this);
        }
    }
}
