using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Import;

/// <summary>Merges what people wrote: prices by model, provider and start, annotations by conversation. Ours stand unless theirs is newer.</summary>
internal sealed class SettingsMerge : IDisposable
{
    private static readonly string[] PriceColumns = ImportTables.Columns[ImportTables.Prices];
    private static readonly string[] NoteColumns = ImportTables.Columns[ImportTables.Annotations];

    private readonly ImportReport _report;
    private readonly Statement _findPrice;
    private readonly Statement _insertPrice;
    private readonly Statement _findNote;
    private readonly Statement _insertNote;
    private readonly Statement _updateNote;

    private readonly bool _oursWins;

    /// <param name="connection">The dashboard's database.</param>
    /// <param name="report">Where it is counted.</param>
    /// <param name="oursWins">True where the input's annotations are as new as their migration, which says nothing about the person's word.</param>
    public SettingsMerge(SqliteConnection connection, ImportReport report, bool oursWins)
    {
        _report = report;
        _oursWins = oursWins;
        _findPrice = new Statement(connection, "SELECT 1 FROM analytics_cost_config WHERE model = @p0 AND provider = @p1 AND effective_from = @p2", 3);
        _insertPrice = Statement.Insert(connection, ImportTables.Prices, PriceColumns);
        _findNote = new Statement(connection, $"SELECT {string.Join(", ", NoteColumns)} FROM conversation_annotations WHERE conversation_id = @p0", 1);
        _insertNote = Statement.Insert(connection, ImportTables.Annotations, NoteColumns);
        _updateNote = new Statement(
            connection, $"UPDATE conversation_annotations SET {string.Join(", ", NoteColumns.Select((c, i) => $"{c} = @p{i}"))} WHERE conversation_id = @p0", NoteColumns.Length);
    }

    /// <summary>Merges a price: one that is here stays as it is.</summary>
    public void Price(InputRow row)
    {
        var counts = _report.Of(ImportTables.Prices);
        if (_findPrice.First(row["model"], row["provider"], row["effective_from"]) is not null)
        {
            counts.Skipped++;
            return;
        }

        row["cached_cost_per_1k"] ??= 0.0;
        row["reasoning_cost_per_1k"] ??= 0.0;
        row["cached_in_input"] ??= 1L;
        row["created_at"] ??= row["effective_from"];
        _insertPrice.Run(row.Values);
        counts.Added++;
    }

    /// <summary>Merges an annotation.</summary>
    public void Annotation(InputRow row)
    {
        var counts = _report.Of(ImportTables.Annotations);
        row["is_starred"] ??= 0L;
        row["updated_at"] ??= 0L;
        if (_findNote.First(row["conversation_id"]) is not { } ours)
        {
            _insertNote.Run(row.Values);
            counts.Added++;
            return;
        }

        var newer = !_oursWins && ours[^1] is long here && row["updated_at"] is long there && there > here;
        var changed = false;
        for (var i = 1; i < ours.Length; i++)
        {
            if (row.Values[i] is not { } theirs || Equals(theirs, ours[i]) || !(newer || ours[i] is null))
                continue;
            ours[i] = theirs;
            changed |= i < ours.Length - 1;
        }

        if (changed)
        {
            _updateNote.Run(ours);
            counts.Updated++;
        }
        else
        {
            counts.Skipped++;
        }
    }

    public void Dispose()
    {
        _findPrice.Dispose();
        _insertPrice.Dispose();
        _findNote.Dispose();
        _insertNote.Dispose();
        _updateNote.Dispose();
    }
}
