using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Keeps the sums of figures fresh in the background: dirty quarter hours first, then the days of the zones in use; short transactions, so that the bot's writes never wait long.</summary>
/// <remarks>Figures never depend on it: readers take what is dirty from the live views.</remarks>
public sealed class FigureRefresher(Database database, FigureNames names, FigureZones zones, TimeProvider time, ILogger<FigureRefresher> logger) : BackgroundService, IDerivedRefresher
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockTime = TimeSpan.FromMilliseconds(100);
    private const int DaysAtOnce = 16;

    private readonly DayBuilder _days = new(names);

    // Per zone: days before it have their sums. Another process may take some away, so all are looked through again with each quarter hour.
    private readonly Dictionary<string, long> _complete = [];
    private readonly SemaphoreSlim _one = new(1);
    private bool _recalled;
    private long _quarter;

    /// <summary>Sums up everything that is dirty or missing now; returns the number of quarter hours and days.</summary>
    public async Task<int> RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await RecallAsync(cancellationToken);
            return await RefreshSlotsAsync(cancellationToken) + await RefreshDaysAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                }
                catch (Exception e) when (e is DatabaseBusyException or SqliteException or QueryTimeoutException)
                {
                    logger.LogWarning("Sums of figures wait: {Reason}", e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<int> RefreshSlotsAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        // Asked on a reader first: an idle database must not be locked for writing every second.
        while (await database.ReadAsync(c => c.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM figure_dirty)") != 0, cancellationToken))
        {
            var (count, first) = await database.DeriveAsync(c => SlotBuilder.Build(c, LockTime), cancellationToken);
            total += count;
            foreach (var zone in _complete.Keys.ToList())
                _complete[zone] = Math.Min(_complete[zone], first);
        }

        return total;
    }

    private async Task<int> RefreshDaysAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var kept = zones.Kept;
        if (Slots.Of(now) != _quarter || _complete.Keys.Any(k => kept.All(z => FigureZones.NameOf(z) != k)))
        {
            _quarter = Slots.Of(now);
            _complete.Clear();
            await ForgetAsync(kept, cancellationToken);
        }

        var total = 0;
        foreach (var zone in kept)
        {
            var name = FigureZones.NameOf(zone);
            var from = _complete.GetValueOrDefault(name, long.MinValue / 2);
            if (from >= now)
                continue;
            var missing = await database.ReadAsync(c => DayBuilder.Missing(c, zone, from, now), cancellationToken);
            foreach (var some in missing.Chunk(DaysAtOnce))
            {
                await database.DeriveAsync(
                    c =>
                    {
                        foreach (var day in some)
                            _days.Build(c, zone, day);
                        return true;
                    },
                    cancellationToken);
            }

            total += missing.Count;
            _complete[name] = now;
        }

        return total;
    }

    private async Task RecallAsync(CancellationToken cancellationToken)
    {
        if (_recalled)
            return;
        foreach (var name in await database.ReadAsync(ListZones, cancellationToken))
            zones.Recall(name);
        _recalled = true;
    }

    private async Task ForgetAsync(IReadOnlyList<DateTimeZone> kept, CancellationToken cancellationToken)
    {
        var names = kept.Select(FigureZones.NameOf).ToList();
        foreach (var name in (await database.ReadAsync(ListZones, cancellationToken)).Except(names))
            await database.DeriveAsync(c => c.Execute("DELETE FROM figure_days WHERE zone = @name", new { name }), cancellationToken);
    }

    // One index search a zone, however many days there are.
    private static List<string> ListZones(SqliteConnection connection) => connection.Query<string>(
        """
        WITH RECURSIVE z(zone) AS (
          SELECT MIN(zone) FROM figure_days
          UNION ALL SELECT (SELECT MIN(d.zone) FROM figure_days d WHERE d.zone > z.zone) FROM z WHERE z.zone IS NOT NULL)
        SELECT zone FROM z WHERE zone IS NOT NULL
        """).AsList();
}
