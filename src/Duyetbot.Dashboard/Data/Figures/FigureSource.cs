using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Tells sums of the present views from those of views that meant something else.</summary>
internal static class FigureSource
{
    // Goes up with every change to how FactBlob, DayBlob and EventBlob pack.
    private const string Format = "4";

    /// <summary>True where the sums that are there say what the views say.</summary>
    public static bool IsCurrent(SqliteConnection connection) =>
        connection.QueryFirstOrDefault<string>("SELECT signature FROM figure_source") is { } signature && signature == Signature(connection);

    /// <summary>Throws sums away that are not current, and marks every quarter hour with a row dirty.</summary>
    /// <param name="connection">With an open write transaction.</param>
    public static void MakeCurrent(SqliteConnection connection)
    {
        if (IsCurrent(connection))
            return;
        connection.Execute(
            """
            DELETE FROM figure_source;
            DELETE FROM figure_days;
            DELETE FROM figure_slots;
            INSERT INTO figure_dirty(slot)
              SELECT CAST(timestamp + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM chat_messages
              WHERE typeof(timestamp) IN ('integer', 'real') AND timestamp BETWEEN -62135596800000 AND 253402300799999
              UNION
              SELECT CAST(triggered_at + 62135596800000 AS INTEGER) / 900000 * 900000 - 62135596800000 FROM observability_events
              WHERE typeof(triggered_at) IN ('integer', 'real') AND triggered_at BETWEEN -62135596800000 AND 253402300799999
              ON CONFLICT DO NOTHING;
            INSERT INTO figure_source(signature) VALUES (@signature);
            """,
            new { signature = Signature(connection) });
    }

    // Prices are looked up when sums are read, but which tokens they charge is in the views too.
    private static string Signature(SqliteConnection connection)
    {
        var views = connection.Query<string>("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name IN ('analytics_messages_view', 'analytics_agent_steps_view', 'analytics_events_view') ORDER BY name");
        return Format + " " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', views))));
    }
}
