using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Duyetbot.Dashboard.Data;

/// <summary>Ends running statements: neither tokens nor timeouts stop SQLite by themselves.</summary>
public static class Interrupts
{
    /// <summary>Runs statements until they are done or the token is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement was stopped.</exception>
    public static T Interruptible<T>(this SqliteConnection connection, Func<SqliteConnection, T> run, CancellationToken cancellationToken)
    {
        // Gone before the connection goes back to its pool.
        using var registration = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return run(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteCodes.Interrupted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }
}
