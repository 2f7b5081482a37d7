using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Import;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>Writes rows as an import does: the same row again changes nothing, and a finished event completes the one that was begun.</summary>
internal static class IngestMerge
{
    /// <summary>Writes the rows of one request, within the caller's transaction.</summary>
    public static IngestAnswer Write(SqliteConnection connection, IReadOnlyList<InputRow> rows)
    {
        var report = new ImportReport();
        var rejected = new List<IngestRejection>();
        using var events = new EventMerge(connection, report);
        using var messages = new MessageMerge(connection, report);
        var (accepted, duplicates) = (0L, 0L);
        foreach (var row in rows)
        {
            var counts = report.Of(row.Table);
            var (added, skipped, before) = (counts.Added + counts.Updated, counts.Skipped, report.Rejected);
            try
            {
                if (row.Table == ImportTables.Events)
                    events.Merge(row);
                else
                    messages.Merge(row);
            }
            catch (SqliteException e) when (e.SqliteErrorCode is SqliteCodes.Constraint or SqliteCodes.Mismatch)
            {
                rejected.Add(new((int)row.Id, DumpLoader.Reason(e)));
                continue;
            }

            if (report.Rejected > before)
                rejected.Add(new((int)row.Id, report.LastReason));
            accepted += counts.Added + counts.Updated - added;
            duplicates += counts.Skipped - skipped;
        }

        return new IngestAnswer((int)accepted, (int)duplicates, rejected);
    }
}
