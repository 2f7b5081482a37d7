using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Duyetbot.Dashboard.Data;

/// <summary>Ends statements of a connection that its caller holds outside <see cref="Database"/>.</summary>
public static class Interrupts
{
    private const int InterruptCode = 9;

    /// <summary>Runs statements until they are done or the token is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement was stopped.</exception>
    public static T Interruptible<T>(this SqliteConnection connection, Func<SqliteConnection, T> run, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return run(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == InterruptCode)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }
}
