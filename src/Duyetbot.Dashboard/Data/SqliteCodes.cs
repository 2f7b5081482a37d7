namespace Duyetbot.Dashboard.Data;

/// <summary>SQLite's result codes that are told apart; see <c>SqliteException.SqliteErrorCode</c>.</summary>
internal static class SqliteCodes
{
    /// <summary>Another connection holds the lock.</summary>
    public const int Busy = 5;

    /// <summary>The statement was stopped.</summary>
    public const int Interrupted = 9;

    /// <summary>A constraint does not hold.</summary>
    public const int Constraint = 19;

    /// <summary>A value is of another kind than its column takes.</summary>
    public const int Mismatch = 20;
}
