using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Duyetbot.Dashboard.Data;

/// <summary>Brings a database to the schema of this version.</summary>
/// <remarks>
/// All that is pending is one transaction, each migration beside its journal row: whatever ends the process, the database is the old one or the new.
/// What is there is judged by its tables and columns; the journal may lie.
/// </remarks>
public sealed class Migrator(DatabaseFile file, ILogger<Migrator> logger)
{
    private const int Busy = 5;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    internal MigrationFiles Files { get; init; } = MigrationFiles.Embedded;

    /// <summary>Moves the duplicate tables' rows; tests replace it to see that its check works.</summary>
    internal Func<SqliteConnection, RescueResult> Rescue { get; init; } = LegacyRescue.Run;

    /// <summary>False for a database that is itself a copy.</summary>
    internal bool KeepsCopy { get; init; } = true;

    internal Func<string, long> FreeBytes { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Applies what is pending; safe to call from several processes at once: one migrates, the others wait.</summary>
    /// <exception cref="DatabaseRefusedException">The database is no database, newer than the application, or fits no stage; nothing was written.</exception>
    public MigrationReport Run() => Explain(() =>
    {
        Directory.CreateDirectory(file.Folder);
        var target = TargetSchema.Build(Files);
        if (File.Exists(file.FullPath))
        {
            using var look = OpenToLook(file);
            var plan = Plan(look, target);
            if (plan.IsUpToDate && look.Text("PRAGMA journal_mode") == "wal")
                return Report(plan);
        }

        return Apply(target, KeepsCopy);
    });

    /// <summary>Says what <see cref="Run"/> would do; the database and its folder stay as they are.</summary>
    /// <remarks>Where duplicate tables hold rows, the work is rehearsed on a copy in the system's folder for temporary files, for its counters.</remarks>
    /// <exception cref="DatabaseRefusedException"><see cref="Run"/> would refuse the database.</exception>
    public MigrationReport Preview() => Explain(() =>
    {
        var target = TargetSchema.Build(Files);
        if (!File.Exists(file.FullPath))
            return new MigrationReport { Applied = [.. Files.Migrations.Select(m => m.Name)] };
        using var look = OpenToLook(file);
        var plan = Plan(look, target);
        if (!LegacyRescue.HasRows(look))
            return Report(plan) with { Remade = plan.Runs ? [] : [.. plan.Differing.Select(o => o.Name)] };

        var folder = Directory.CreateTempSubdirectory("duyetbot-dry-run-").FullName;
        try
        {
            var scratch = new DatabaseFile($"Data Source={Path.Combine(folder, "copy.db")}");
            look.Run("VACUUM INTO @path", ("@path", scratch.FullPath));
            return new Migrator(scratch, logger) { Files = Files, Rescue = Rescue, FreeBytes = FreeBytes }.Apply(target, copy: false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    private MigrationReport Apply(TargetSchema target, bool copy = true)
    {
        using var connection = SqliteConnections.OpenForMigration(file);
        Wait(() => connection.Text("PRAGMA journal_mode=WAL"));
        using var transaction = Wait(() => connection.BeginTransaction(deferred: false));
        // Asked again: another process may have migrated meanwhile.
        var plan = Plan(connection, target);
        if (plan.IsUpToDate)
            return Report(plan);

        string? path = null;
        var actual = Schema.Read(connection);
        if (copy && plan.TouchesTables && HoldsRows(connection, actual))
        {
            path = SafetyCopy.Write(file, plan.Migrations.FirstOrDefault(m => m.Runs)?.File.Number ?? Files.Highest, FreeBytes);
            logger.LogInformation("The database as it was is at {Path}", path);
        }

        var report = Change(connection, plan, actual, target) with { CopyPath = path };
        transaction.Commit();
        foreach (var name in report.Applied)
            logger.LogInformation("Applied {Migration}", name);
        foreach (var count in report.Rescued)
            logger.LogInformation("{Table}: {Rows} rows, {Matched} matched, {Inserted} inserted, {Kept} kept", count.Table, count.Rows, count.Matched, count.Inserted, count.Kept);
        return report;
    }

    private MigrationReport Change(SqliteConnection connection, MigrationPlan plan, Schema actual, TargetSchema target)
    {
        Journal.Create(connection);
        var remade = plan.Runs ? [] : plan.Differing.Select(o => o.Name).ToList();
        IReadOnlyList<RescueCount> rescued = [];
        if (plan.TouchesTables)
        {
            var orphans = ForeignKeys.Orphans(connection, actual);
            var parts = AttachedParts.TakeOff(connection, actual, target);
            var arrivedWithout = 0L;
            foreach (var migration in plan.Migrations.Where(m => m.Runs))
            {
                Clear(connection, actual, target, target.Effect(migration.File));
                if (migration.File.Number == History.DropDuplicates)
                {
                    var result = Rescue(connection);
                    rescued = result.Counts;
                    arrivedWithout = result.OrphansInserted;
                }

                connection.Run(migration.File.Sql);
                Journal.Record(connection, migration.File.Name);
            }

            Convergence.Apply(connection, target);
            Convergence.RemakeViews(connection, target);
            parts.PutBack(connection);
            ForeignKeys.Require(connection, orphans, arrivedWithout);
        }
        else
        {
            Convergence.RemakeViews(connection, target);
        }

        foreach (var migration in plan.Migrations)
            Journal.Record(connection, migration.File.Name);
        if (MigrationPlan.Differences(Schema.Read(connection), target) is [var first, ..])
            throw new DatabaseRefusedException($"After the migration {first.Type} {first.Name} is not what it should be. Nothing was written.");
        return Report(plan) with { Remade = remade, Rescued = rescued };
    }

    /// <summary>Indexes and triggers under names that the migration is about to use, and old ones that nothing defines any more.</summary>
    private static void Clear(SqliteConnection connection, Schema actual, TargetSchema target, MigrationEffect effect)
    {
        var now = Schema.Read(connection);
        foreach (var name in effect.Helpers)
            Convergence.Drop(connection, now.Find(name));
        foreach (var index in actual.Objects.Where(o => o.Type == "index" && target.Final.Find(o.Name) is null && target.Final.HasTable(o.Table) && History.IsOldIndex(o.Name)))
            connection.Run($"DROP INDEX IF EXISTS {Sql.Quote(index.Name)}");
    }

    private MigrationPlan Plan(SqliteConnection connection, TargetSchema target)
    {
        var actual = Schema.Read(connection);
        return MigrationPlan.For(actual, Journal.Read(connection, actual), Files, target);
    }

    private static MigrationReport Report(MigrationPlan plan) => new()
    {
        Applied = [.. plan.Migrations.Where(m => m.Runs).Select(m => m.File.Name)],
        Recorded = [.. plan.Migrations.Where(m => !m.Runs && !m.IsRecorded).Select(m => m.File.Name)],
        Present = [.. plan.Migrations.Where(m => !m.Runs && m.IsRecorded).Select(m => m.File.Name)],
    };

    private static bool HoldsRows(SqliteConnection connection, Schema schema) => schema.Objects.Any(o =>
        o.Type == "table" && o.Name != Journal.Table && !o.Sql.StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase)
        && connection.Count($"SELECT EXISTS (SELECT 1 FROM {Sql.Quote(o.Name)})") == 1);

    /// <summary>Opens without writing: where a write-ahead log lies beside the file, it is left there when the connection closes.</summary>
    private static SqliteConnection OpenToLook(DatabaseFile file)
    {
        const int keepLogOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE
        var log = new FileInfo(file.FullPath + "-wal") is { Exists: true, Length: > 0 };
        var connection = SqliteConnections.OpenUnpooled(file);
        if (log)
            raw.sqlite3_db_config(connection.Handle, keepLogOnClose, 1, out _);
        return connection;
    }

    private T Wait<T>(Func<T> step)
    {
        for (var until = DateTime.UtcNow + Patience; ;)
        {
            try
            {
                return step();
            }
            catch (SqliteException e) when (e.SqliteErrorCode == Busy && DateTime.UtcNow < until)
            {
                logger.LogInformation("Waiting for another process that works on {Path}", file.FullPath);
            }
        }
    }

    private T Explain<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NotADatabase)
        {
            throw new DatabaseRefusedException($"{file.FullPath} is not a SQLite database. Nothing was written.", e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Corrupt)
        {
            throw new DatabaseRefusedException($"{file.FullPath} is damaged ({e.Message}). Nothing was written; restore a backup, or look at it with sqlite3's .recover.", e);
        }
        catch (SqliteException e)
        {
            throw new DatabaseRefusedException($"The migration of {file.FullPath} failed, and everything was rolled back: {e.Message}", e);
        }
    }
}
