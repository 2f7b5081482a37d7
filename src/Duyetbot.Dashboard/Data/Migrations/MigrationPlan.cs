namespace Duyetbot.Dashboard.Data;

/// <summary>What has to be done with one migration.</summary>
/// <param name="File">The migration.</param>
/// <param name="Runs">Whether its statements run; otherwise its work is there already.</param>
/// <param name="IsRecorded">Whether the journal has its name.</param>
internal sealed record PlannedMigration(MigrationFile File, bool Runs, bool IsRecorded);

/// <summary>What has to be done to a database, judged by the tables and columns that it really has.</summary>
internal sealed class MigrationPlan
{
    private MigrationPlan(IReadOnlyList<PlannedMigration> migrations, IReadOnlyList<SchemaObject> differing)
    {
        Migrations = migrations;
        Differing = differing;
    }

    /// <summary>All migrations of this version, in order.</summary>
    public IReadOnlyList<PlannedMigration> Migrations { get; }

    /// <summary>Objects of the finished schema that are missing or defined otherwise, and stale views; meaningful where nothing runs.</summary>
    public IReadOnlyList<SchemaObject> Differing { get; }

    /// <summary>Whether any migration runs.</summary>
    public bool Runs => Migrations.Any(m => m.Runs);

    /// <summary>Whether nothing has to be done.</summary>
    public bool IsUpToDate => Differing.Count == 0 && Migrations.All(m => !m.Runs && m.IsRecorded);

    /// <summary>Whether more than views change, so that rows could be touched.</summary>
    public bool TouchesTables => Runs || Differing.Any(o => o.Type != "view");

    /// <summary>Compares what is there with what each migration leaves.</summary>
    /// <exception cref="DatabaseRefusedException">The database is newer than the application, or fits no stage.</exception>
    public static MigrationPlan For(Schema actual, IReadOnlySet<string> journal, MigrationFiles files, TargetSchema target)
    {
        RefuseNewer(journal, files);
        RefuseStranger(actual, journal, files, target);
        RefuseGaps(actual);
        RefuseUnknownColumns(actual, target);
        var dropPending = History.Duplicates.Any(d => actual.Find(d.Table) is not null);
        var planned = new List<PlannedMigration>();
        MigrationFile? firstMissing = null;
        foreach (var file in files.Migrations)
        {
            var recorded = journal.Contains(file.Name);
            var present = Presence(actual, file, target.Effect(file));
            var runs = file.Number switch
            {
                History.DropDuplicates => dropPending || present == false,
                _ when History.Superseded.Contains(file.Number) => !recorded,
                _ => present is null ? !recorded : !present.Value,
            };
            // The chain of files that build on each other; 0005 stands alone and the superseded ones leave nothing.
            if (file.Number is not (5 or History.DropDuplicates) && present is { } there)
            {
                if (!there)
                    firstMissing ??= file;
                else if (firstMissing is not null)
                    throw Misfit($"{file.Name} is applied, but {firstMissing.Name} before it is not");
            }

            planned.Add(new PlannedMigration(file, runs, recorded));
        }

        return new MigrationPlan(Settle(planned, actual), Differences(actual, target));
    }

    /// <summary>What of the finished schema is missing or defined otherwise, and stale views that are still there.</summary>
    public static IReadOnlyList<SchemaObject> Differences(Schema actual, TargetSchema target) =>
    [
        .. target.Final.Objects.Where(o => !target.Final.IsShadow(o.Name) && actual.Find(o.Name)?.IsSameAs(o) != true),
        .. actual.Objects.Where(o => o.Type == "view" && History.StaleViews.Contains(o.Name) && target.Final.Find(o.Name) is null),
    ];

    /// <summary>The superseded files run only where the duplicate tables are still to be dropped; after that they are only recorded.</summary>
    private static List<PlannedMigration> Settle(List<PlannedMigration> planned, Schema actual)
    {
        var drops = planned.Any(p => p.File.Number == History.DropDuplicates && p.Runs);
        return planned.ConvertAll(p => p.File.Number switch
        {
            3 => p with { Runs = drops && !actual.HasTable("analytics_messages") },
            4 => p with { Runs = drops && !actual.HasTable("analytics_agent_steps") },
            // It makes two duplicate tables beside the one that stays.
            5 => p with { Runs = p.Runs || (drops && !actual.HasTable("analytics_conversations")) },
            6 or 8 => p with { Runs = drops && !p.IsRecorded },
            _ => p,
        });
    }

    /// <summary>True: all that it leaves is there. False: none of it. Null: it leaves no table and no column, so only the journal knows.</summary>
    private static bool? Presence(Schema actual, MigrationFile file, MigrationEffect effect)
    {
        var there = new List<string>();
        var missing = new List<string>();
        foreach (var (table, columns) in effect.Tables)
        {
            if (actual.HasView(table))
                throw Misfit($"{table} is a view, where {file.Name} makes a table");
            if (!actual.HasTable(table))
            {
                missing.Add($"table {table}");
                continue;
            }

            there.Add($"table {table}");
            var lacking = columns.Where(c => !actual.HasColumn(table, c)).ToList();
            if (lacking.Count > 0)
                throw Misfit($"table {table} has no column {string.Join(", ", lacking)} ({file.Name})");
        }

        foreach (var (table, column) in effect.Columns)
            (actual.HasColumn(table, column) ? there : missing).Add($"column {table}.{column}");
        if (there.Count > 0 && missing.Count > 0)
            throw Misfit($"{file.Name} is applied by half: {string.Join(", ", there)} is there, {string.Join(", ", missing)} is not");
        return there.Count + missing.Count == 0 ? null : missing.Count == 0;
    }

    private static void RefuseNewer(IReadOnlySet<string> journal, MigrationFiles files)
    {
        var newest = journal.Where(n => MigrationFile.NumberOf(n) > files.Highest).Order(StringComparer.Ordinal).LastOrDefault();
        if (newest is not null)
            throw new DatabaseRefusedException($"The database is newer than this version of the dashboard: it has {newest}, and this version knows up to {files.Highest:0000}. Update the dashboard, or take another database. Nothing was written.");
    }

    private static void RefuseStranger(Schema actual, IReadOnlySet<string> journal, MigrationFiles files, TargetSchema target)
    {
        var tables = actual.Objects.Where(o => o.Type == "table" && o.Name != Journal.Table).Select(o => o.Name).ToList();
        if (tables.Count == 0 || files.Migrations.Any(m => journal.Contains(m.Name)) || tables.Any(t => target.Final.HasTable(t)))
            return;
        throw Misfit($"it has tables ({string.Join(", ", tables.Take(5))}), but none of the bot's. Is this the right file?");
    }

    private static void RefuseGaps(Schema actual)
    {
        if (actual.HasTable("chat_messages") && actual.HasColumn("chat_messages", "platform"))
            return;
        (string Table, int Number)? missing = null;
        foreach (var duplicate in History.Duplicates.Where(d => d.Table != "analytics_conversations"))
        {
            if (!actual.HasTable(duplicate.Table))
                missing ??= duplicate;
            else if (missing is { } gap)
                throw Misfit($"table {duplicate.Table} ({duplicate.Number:0000}) is there, table {gap.Table} ({gap.Number:0000}) before it is not");
            else if (!actual.HasTable("chat_messages"))
                throw Misfit($"table {duplicate.Table} ({duplicate.Number:0000}) is there, table chat_messages (0002) before it is not");
        }
    }

    private static void RefuseUnknownColumns(Schema actual, TargetSchema target)
    {
        foreach (var table in target.Final.Objects.Where(o => o.Type == "table" && !target.Final.IsShadow(o.Name) && actual.HasTable(o.Name)))
        {
            if (actual.Columns(table.Name).FirstOrDefault(c => !target.Final.HasColumn(table.Name, c)) is { } unknown)
                throw Misfit($"table {table.Name} has a column {unknown}");
        }

        foreach (var (name, needed) in History.Needed)
        {
            if (actual.HasTable(name) && needed.FirstOrDefault(c => !actual.HasColumn(name, c)) is { } missing)
                throw Misfit($"table {name} has no column {missing}");
        }
    }

    private static DatabaseRefusedException Misfit(string difference) =>
        new($"The database fits no stage that this version knows: {difference}. Nothing was written.");
}
