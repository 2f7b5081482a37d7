using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>The one way to run statements: off the caller's thread, a bounded number at once, stoppable.</summary>
/// <remarks>
/// SQLite's async methods run synchronously and neither tokens nor timeouts stop a statement, so every call runs on the
/// thread pool and the token calls <c>sqlite3_interrupt</c>, which ends it within milliseconds and leaves the connection usable.
/// </remarks>
public sealed class Database : IDisposable
{
    private static readonly TimeSpan OthersWrite = TimeSpan.FromSeconds(1);

    private readonly DatabaseFile _file;
    private readonly SemaphoreSlim _readers = new(Math.Max(4, Environment.ProcessorCount));
    private readonly SemaphoreSlim _writer = new(1);
    private readonly SemaphoreSlim _deriver = new(1);
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private long _reads;
    private long _lastWrite = long.MinValue;

    /// <summary>Opens nothing yet.</summary>
    /// <param name="file">Where the database is.</param>
    /// <param name="limit">How long a read may run before it is stopped; 15 seconds when not given.</param>
    /// <param name="time">By what <see cref="DeriveAsync"/> measures and rests; the system's when not given.</param>
    public Database(DatabaseFile file, TimeSpan? limit = null, TimeProvider? time = null)
    {
        _file = file;
        _time = time ?? TimeProvider.System;
        _limit = limit ?? TimeSpan.FromSeconds(15);
        DapperSetup.Apply();
    }

    /// <summary>Where the database is.</summary>
    public DatabaseFile File => _file;

    /// <summary>Read transactions since the start, for tests and for people who count.</summary>
    public long ReadCount => Interlocked.Read(ref _reads);

    /// <summary>Runs statements in one read transaction, so that all of them see the same moment.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement was stopped.</exception>
    /// <exception cref="QueryTimeoutException">The time limit passed; the statement was stopped.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await _readers.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() =>
            {
                using var connection = SqliteConnections.OpenRead(_file);
                using var transaction = connection.BeginTransaction(deferred: true);
                var result = Interruptible(connection, read, _limit, cancellationToken);
                transaction.Commit();
                return result;
            }, cancellationToken);
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>Runs statements in one immediate transaction; one writer at a time, committed when the function returns.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; everything was rolled back.</exception>
    /// <exception cref="DatabaseBusyException">Another process holds the write lock; nothing was written.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteOneAsync(write, cancellationToken);
        }
        finally
        {
            Interlocked.Exchange(ref _lastWrite, _time.GetTimestamp());
        }
    }

    /// <summary>Writes what is derived from other rows, as <see cref="WriteAsync"/> does; while others write, all of this together takes a quarter of the time.</summary>
    /// <remarks>Who takes in a flood of rows has the machine for them; readers take from the views what is not derived yet.</remarks>
    /// <inheritdoc cref="WriteAsync"/>
    public async Task<T> DeriveAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _deriver.WaitAsync(cancellationToken);
        try
        {
            var started = _time.GetTimestamp();
            var result = await WriteOneAsync(write, cancellationToken);
            var last = Interlocked.Read(ref _lastWrite);
            if (last != long.MinValue && _time.GetElapsedTime(last) < OthersWrite)
                await Task.Delay(_time.GetElapsedTime(started) * 3, _time, cancellationToken);
            return result;
        }
        finally
        {
            _deriver.Release();
        }
    }

    private async Task<T> WriteOneAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() =>
            {
                using var connection = SqliteConnections.OpenWrite(_file);
                try
                {
                    using var transaction = connection.BeginTransaction(deferred: false);
                    var result = Interruptible(connection, write, Timeout.InfiniteTimeSpan, cancellationToken);
                    transaction.Commit();
                    return result;
                }
                catch (SqliteException e) when (e.SqliteErrorCode == SqliteCodes.Busy)
                {
                    throw new DatabaseBusyException(e);
                }
            }, cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
        _deriver.Dispose();
    }

    private static T Interruptible<T>(SqliteConnection connection, Func<SqliteConnection, T> run, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = connection.Interruptible(run, either.Token);
            DbTiming.Add(Stopwatch.GetElapsedTime(started));
            return result;
        }
        catch (OperationCanceledException e) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new QueryTimeoutException(limit, e);
        }
    }
}
