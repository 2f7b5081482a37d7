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
        var rejected = new List<IngestRejection>();
        var report = new ImportReport { RowRejected = (row, reason) => rejected.Add(new((int)row.Id, reason)) };
        using var events = new EventMerge(connection, report);
        using var messages = new MessageMerge(connection, report);
        foreach (var row in rows)
        {
            try
            {
                if (row.Table == ImportTables.Events)
                    events.Merge(row);
                else
                    messages.Merge(row);
            }
            catch (SqliteException e) when (e.SqliteErrorCode is SqliteCodes.Constraint or SqliteCodes.Mismatch)
            {
                report.Reject(row, DumpLoader.Reason(e));
            }
        }

        messages.Flush();
        return new IngestAnswer((int)(report.Added + report.Updated), (int)report.Skipped, rejected);
    }
}
