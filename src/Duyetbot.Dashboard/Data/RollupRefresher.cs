using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Refreshes dirty roll-up rows in the background: a few hundred keys a transaction, so that the bot's writes never wait long.</summary>
/// <remarks>Figures never depend on it: readers take dirty keys from the live view.</remarks>
public sealed class RollupRefresher(Database database, IEnumerable<Rollup> rollups, TimeProvider time, ILogger<RollupRefresher> logger) : BackgroundService, IDerivedRefresher
{
    private const int Batch = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Refreshes everything that is dirty now; returns the number of keys refreshed.</summary>
    public async Task<int> RefreshAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        foreach (var rollup in rollups)
        {
            int refreshed;
            do
            {
                refreshed = await RefreshBatchAsync(rollup, cancellationToken);
                total += refreshed;
            }
            while (refreshed == Batch);
        }

        return total;
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
                catch (Exception e) when (e is DatabaseBusyException or SqliteException)
                {
                    logger.LogWarning("Roll-ups wait: {Reason}", e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<int> RefreshBatchAsync(Rollup rollup, CancellationToken cancellationToken)
    {
        // Asked on a reader first: an idle database must not be locked for writing every second.
        var keys = await database.ReadAsync(c => Keys(c, rollup), cancellationToken);
        if (keys.Count == 0)
            return 0;
        var columns = string.Join(", ", rollup.Columns);
        return await database.DeriveAsync(
            c =>
            {
                Run(c, $"DELETE FROM {rollup.Table} WHERE {rollup.Key} IN", keys);
                Run(c, $"INSERT INTO {rollup.Table}({columns}) SELECT {columns} FROM {rollup.View} WHERE {rollup.Key} IN", keys);
                Run(c, $"DELETE FROM {rollup.DirtyTable} WHERE {rollup.Key} IN", keys);
                return keys.Count;
            },
            cancellationToken);
    }

    /// <summary>The dirty keys byte for byte: a key may be a blob or text that is no UTF-8, and one that did not match itself would stay dirty for ever.</summary>
    private static List<(bool IsBlob, byte[] Bytes)> Keys(SqliteConnection connection, Rollup rollup)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT typeof({rollup.Key}) = 'blob', CAST({rollup.Key} AS BLOB) FROM {rollup.DirtyTable} LIMIT {Batch}";
        using var reader = command.ExecuteReader();
        var keys = new List<(bool, byte[])>();
        while (reader.Read())
            keys.Add((reader.GetInt64(0) != 0, (byte[])reader.GetValue(1)));
        return keys;
    }

    private static void Run(SqliteConnection connection, string statement, List<(bool IsBlob, byte[] Bytes)> keys)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"{statement} ({string.Join(", ", keys.Select((k, i) => k.IsBlob ? $"@k{i}" : $"CAST(@k{i} AS TEXT)"))})";
        for (var i = 0; i < keys.Count; i++)
            command.Parameters.AddWithValue($"@k{i}", keys[i].Bytes);
        command.ExecuteNonQuery();
    }
}
