using System.CommandLine;
using System.Diagnostics;
using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>verify</c>: the file's own checks, then everything derived against its views, on a copy; the database itself is only read.</summary>
public static class VerifyCommand
{
    private const int NamedAtMost = 20;

    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("verify", "Checks the file, the foreign keys, the full-text index and every sum against its view; writes nothing. Exit code 1 when something differs.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        try
        {
            return await VerifyAsync(CommonOptions.DatabaseFile(result), new CommandOutput(), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
        catch (Exception e) when (e is CommandFailedException or DatabaseRefusedException or DatabaseBusyException or StartupException or IOException or UnauthorizedAccessException or ArgumentException or SqliteException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> VerifyAsync(DatabaseFile file, CommandOutput output, CancellationToken cancellationToken)
    {
        if (!File.Exists(file.FullPath))
            throw new CommandFailedException($"There is no database at {file.FullPath}.");
        var started = Stopwatch.GetTimestamp();
        output.Line($"Database  {file.FullPath}");
        // On the file itself: a copy is written anew and would look sound.
        var sound = CheckFile(file, output);
        using var folder = new ScratchFolder();
        var copy = Path.Combine(folder.Path, "copy.db");
        using (var reader = SqliteConnections.OpenUnpooled(file))
            reader.Execute("VACUUM INTO @copy", new { copy });
        await using var app = DashboardHost.Build(new Dictionary<string, string?> { ["ConnectionStrings:Dashboard"] = $"Data Source={copy}" }, b => b.Logging.AddFilter(level => level >= LogLevel.Warning));
        if (!app.Services.GetRequiredService<Migrator>().Preview().IsUpToDate)
            throw new CommandFailedException("The database waits for migrations: run migrate first, then verify.");
        var derived = app.Services.GetRequiredService<DerivedData>();
        IReadOnlyList<DerivedDifference> differences = [];
        await CommandHost.WithDirtyProgressAsync(app.Services, output, "Comparing sums and roll-ups", async () => differences = await derived.CompareAsync(cancellationToken), cancellationToken);
        foreach (var d in differences)
            output.Line($"differs   {d.Table}: {d.Missing:N0} rows of the views are missing, {d.Wrong:N0} rows are wrong. `rebuild` makes it anew.");
        if (differences.Count == 0)
            output.Line("ok        every sum and roll-up is what its view says");
        var ok = sound && differences.Count == 0;
        output.Line($"{(ok ? "All is well" : "Something differs")} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s).");
        return ok ? 0 : 1;
    }

    private static bool CheckFile(DatabaseFile file, CommandOutput output)
    {
        using var connection = SqliteConnections.OpenUnpooled(file);
        var integrity = connection.Query<string>($"PRAGMA integrity_check({NamedAtMost})").AsList();
        if (integrity is ["ok"])
            output.Line("ok        integrity of the file");
        else
            integrity.ForEach(line => output.Line($"broken    {line}"));
        var keys = connection.Query<(string Table, long? RowId, string Parent)>("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check").AsList();
        if (keys.Count == 0)
            output.Line("ok        foreign keys");
        foreach (var (table, row, parent) in keys.Take(NamedAtMost))
            output.Line($"broken    {table} row {row} points to no row of {parent}");
        if (keys.Count > NamedAtMost)
            output.Line($"broken    … and {keys.Count - NamedAtMost:N0} more rows");
        return integrity is ["ok"] && keys.Count == 0;
    }

    private sealed class ScratchFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("duyetbot-verify-").FullName;

        public void Dispose()
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(Path, recursive: true);
        }
    }
}
