using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Search;

/// <summary>How far the full-text index is built.</summary>
/// <param name="IsComplete">True where it holds every message that it can hold.</param>
/// <param name="Percent">0 to 100, rounded down; by the messages' ids.</param>
public readonly record struct SearchProgress(bool IsComplete, int Percent);

/// <summary>The full-text index over the messages: how far it is, whether it is right, and making it anew.</summary>
/// <remarks>It is derived: searches look through what it does not hold yet, so it may be emptied at any moment.</remarks>
/// <param name="database">Where it is.</param>
/// <param name="firstBatch">Messages of the first transaction; later ones take as many as 100 ms allow.</param>
public sealed class SearchIndex(Database database, int firstBatch = 500)
{
    /// <summary>What is being built, by the name under which the overview lists it.</summary>
    public const string Name = "search_words";

    private const long Complete = long.MinValue;
    private const int MaxBatch = 50_000;
    private static readonly TimeSpan LockTime = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Parts = ["search_words", "search_runs"];

    private int _batch = firstBatch;

    /// <summary>How far the index is.</summary>
    public Task<SearchProgress> GetProgressAsync(CancellationToken cancellationToken) => database.ReadAsync(Read, cancellationToken);

    /// <summary>How far the index is, in a transaction of the caller's.</summary>
    public static SearchProgress Read(SqliteConnection connection)
    {
        if (State(connection) is not { } state)
            return new SearchProgress(false, 0);
        if (state.MissingUpTo == Complete)
            return new SearchProgress(true, 100);
        var lowest = connection.ExecuteScalar<long?>("SELECT MIN(id) FROM chat_messages") ?? 0;
        var share = (state.Highest - (double)state.MissingUpTo) / Math.Max(1, state.Highest - (double)lowest + 1);
        return new SearchProgress(false, (int)Math.Clamp(Math.Floor(100 * share), 0, 99));
    }

    /// <summary>Adds some of the newest messages that the index lacks, in one short transaction; false where none is left.</summary>
    /// <remarks>Ended at any moment, it goes on from where the last transaction left it.</remarks>
    /// <exception cref="DatabaseBusyException">Another process holds the write lock; nothing was written.</exception>
    public async Task<bool> BuildSomeAsync(CancellationToken cancellationToken)
    {
        // Asked on a reader first: an idle database must not be locked for writing.
        if (await database.ReadAsync(c => State(c)?.MissingUpTo == Complete, cancellationToken))
            return false;
        return await database.WriteAsync(BuildSome, cancellationToken);
    }

    /// <summary>Empties the index; it is built anew in the background, and by <see cref="BuildSomeAsync"/>.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => database.WriteAsync(
        c =>
        {
            Empty(c);
            return true;
        },
        cancellationToken);

    /// <summary>Empties the index and builds it anew.</summary>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellationToken">Stops between two transactions; what is built stays.</param>
    public async Task RebuildAsync(IProgress<SearchProgress>? progress, CancellationToken cancellationToken)
    {
        await ResetAsync(cancellationToken);
        while (await BuildSomeAsync(cancellationToken))
            progress?.Report(await GetProgressAsync(cancellationToken));
    }

    /// <summary>Compares the index with the messages that it says it holds, word by word; also while it is being built.</summary>
    /// <returns>What differs, a sentence each; empty where all is right.</returns>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => database.WriteAsync<IReadOnlyList<string>>(
        connection =>
        {
            var problems = new List<string>();
            foreach (var part in Parts)
            {
                try
                {
                    // Rank 1 compares with the messages; without it only the index's own structure is looked at.
                    connection.Execute($"INSERT INTO {part}({part}, rank) VALUES ('integrity-check', 1)");
                }
                catch (SqliteException e) when (e.SqliteErrorCode is 11 or 267)
                {
                    problems.Add($"The full-text index {part} differs from the messages ({e.Message}).");
                }
            }

            return problems;
        },
        cancellationToken);

    // No name that begins with the index's own: those are its tables.
    private static string ViewOf(string part) => part == "search_words" ? "searched_words_view" : "searched_runs_view";

    private static BuildState? State(SqliteConnection connection) =>
        connection.QueryFirstOrDefault<BuildState>("SELECT missing_up_to, highest FROM search_build");

    private static void Empty(SqliteConnection connection)
    {
        foreach (var part in Parts)
            connection.Execute($"INSERT INTO {part}({part}) VALUES ('delete-all')");
        connection.Execute("DELETE FROM search_build");
        connection.Execute($"INSERT INTO search_build(id, missing_up_to, highest) SELECT 1, COALESCE(MAX(id), {Complete}), COALESCE(MAX(id), 0) FROM chat_messages");
    }

    private bool BuildSome(SqliteConnection connection)
    {
        // Without its row nothing says what the index holds.
        if (State(connection) is not { } state)
        {
            Empty(connection);
            state = State(connection)!;
        }

        if (state.MissingUpTo == Complete)
            return false;
        var started = Stopwatch.GetTimestamp();
        const string nextSql = "SELECT id FROM chat_messages WHERE id <= @MissingUpTo ORDER BY id DESC LIMIT 1 OFFSET @_batch";
        var next = connection.ExecuteScalar<long?>(nextSql, new { state.MissingUpTo, _batch }) ?? Complete;
        connection.Execute("UPDATE search_build SET missing_up_to = @next", new { next });
        // In the index's own order: each step back would make it write a piece of its own.
        foreach (var part in Parts)
        {
            connection.Execute(
                $"INSERT INTO {part}(rowid, content) SELECT v.search_id, v.content FROM {ViewOf(part)} v WHERE v.id > @next AND v.id <= @MissingUpTo ORDER BY v.search_id",
                new { next, state.MissingUpTo });
        }

        var pace = LockTime / TimeSpan.FromMilliseconds(Math.Max(1, Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        _batch = (int)Math.Clamp(_batch * Math.Clamp(pace, 0.25, 4), 50, MaxBatch);
        return next != Complete;
    }

    private sealed record BuildState
    {
        public long MissingUpTo { get; init; }

        public long Highest { get; init; }
    }
}
