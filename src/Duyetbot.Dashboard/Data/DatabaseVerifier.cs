using Dapper;
using Duyetbot.Dashboard.Data.Search;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>One thing that was looked at.</summary>
/// <param name="Kind"><see cref="Ok"/>, broken (the file or its keys) or differs (what is derived).</param>
/// <param name="Text">What was found, in words.</param>
public sealed record VerifyFinding(string Kind, string Text)
{
    /// <summary>The kind of what is right.</summary>
    public const string Ok = "ok";

    /// <summary>True where it is right.</summary>
    public bool IsOk => Kind == Ok;
}

/// <summary>Checks the file, its foreign keys, and everything derived against its views, on a copy; the database itself is only read.</summary>
/// <param name="file">The database.</param>
/// <param name="hostOf">Builds the product's services on a copy.</param>
public sealed class DatabaseVerifier(DatabaseFile file, Func<DatabaseFile, WebApplication> hostOf)
{
    private const int NamedAtMost = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>Checks everything; true where all is right.</summary>
    /// <param name="found">Is told every finding as it comes.</param>
    /// <param name="progress">Is told what is being done, and how many keys still wait where they are counted.</param>
    /// <param name="cancellationToken">Stops it; the copy goes.</param>
    /// <exception cref="DatabaseRefusedException">The database waits for migrations.</exception>
    /// <exception cref="IOException">There is no room for the copy.</exception>
    public async Task<bool> RunAsync(Action<VerifyFinding> found, Action<string, long?> progress, CancellationToken cancellationToken)
    {
        var isRight = true;
        void Say(string kind, string text)
        {
            isRight &= kind == VerifyFinding.Ok;
            found(new VerifyFinding(kind, text));
        }

        progress("Checking the file", null);
        // On the file itself: a copy is written anew and would look sound.
        await Task.Run(() => CheckFile(Say, cancellationToken), cancellationToken);
        using var folder = new ScratchFolder(2 * DatabaseCopy.SizeOf(file));
        progress("Copying", null);
        await Task.Run(() => CopyTo(folder.Copy, cancellationToken), cancellationToken);
        await using (var app = hostOf(folder.Copy))
        {
            if (!app.Services.GetRequiredService<Migrator>().Preview().IsUpToDate)
                throw new DatabaseRefusedException("The database waits for migrations: run migrate first, then verify.");
            await CheckSearchAsync(app.Services.GetRequiredService<SearchIndex>(), Say, progress, cancellationToken);
            await CompareAsync(app.Services.GetRequiredService<DerivedData>(), Say, progress, cancellationToken);
        }

        return isRight;
    }

    private void CheckFile(Action<string, string> say, CancellationToken cancellationToken)
    {
        using var connection = SqliteConnections.OpenUnpooled(file);
        var integrity = connection.Interruptible(c => c.Query<string>($"PRAGMA integrity_check({NamedAtMost})").AsList(), cancellationToken);
        if (integrity is ["ok"])
            say(VerifyFinding.Ok, "integrity of the file");
        else
            integrity.ForEach(line => say("broken", line));
        var keys = connection.Interruptible(c => c.Query<(string Table, long? RowId, string Parent)>("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check").AsList(), cancellationToken);
        if (keys.Count == 0)
            say(VerifyFinding.Ok, "foreign keys");
        foreach (var (table, row, parent) in keys.Take(NamedAtMost))
            say("broken", $"{table} row {row} points to no row of {parent}");
        if (keys.Count > NamedAtMost)
            say("broken", $"… and {keys.Count - NamedAtMost:N0} more rows");
    }

    private int CopyTo(DatabaseFile copy, CancellationToken cancellationToken)
    {
        using var reader = SqliteConnections.OpenUnpooled(file);
        return reader.Interruptible(c => c.Execute("VACUUM INTO @path", new { path = copy.FullPath }), cancellationToken);
    }

    private static async Task CheckSearchAsync(SearchIndex index, Action<string, string> say, Action<string, long?> progress, CancellationToken cancellationToken)
    {
        progress("Comparing the full-text index", null);
        var problems = await index.CheckAsync(cancellationToken);
        foreach (var problem in problems)
            say("differs", $"{problem} `rebuild` makes it anew.");
        if (problems.Count == 0)
            say(VerifyFinding.Ok, "the full-text index holds the messages' words");
    }

    private static async Task CompareAsync(DerivedData derived, Action<string, string> say, Action<string, long?> progress, CancellationToken cancellationToken)
    {
        const string phase = "Comparing sums and roll-ups";
        progress(phase, null);
        var comparing = derived.CompareAsync(cancellationToken);
        while (await Task.WhenAny(comparing, Task.Delay(Pace, cancellationToken)) != comparing && !cancellationToken.IsCancellationRequested)
            progress(phase, await derived.CountDirtyAsync(cancellationToken));
        var differences = await comparing;
        foreach (var d in differences)
            say("differs", $"{d.Table}: {d.Missing:N0} rows of the views are missing, {d.Wrong:N0} rows are wrong. `rebuild` makes it anew.");
        if (differences.Count == 0)
            say(VerifyFinding.Ok, "every sum and roll-up is what its view says");
    }

    private sealed class ScratchFolder : IDisposable
    {
        private readonly string _path = Directory.CreateTempSubdirectory("duyetbot-verify-").FullName;

        public ScratchFolder(long needed)
        {
            Copy = new DatabaseFile(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_path, "copy.db") }.ToString());
            if (DiskSpace.FreeAt(_path) is var free && free < needed)
            {
                Directory.Delete(_path);
                throw new IOException($"A copy to compare with needs {needed / 1e6:N0} MB in {Path.GetTempPath()}; {free / 1e6:N0} MB are free there.");
            }
        }

        public DatabaseFile Copy { get; }

        public void Dispose()
        {
            foreach (var pool in new[] { Copy.ReadConnectionString, Copy.WriteConnectionString })
            {
                using var connection = new SqliteConnection(pool);
                SqliteConnection.ClearPool(connection);
            }

            Directory.Delete(_path, recursive: true);
        }
    }
}
