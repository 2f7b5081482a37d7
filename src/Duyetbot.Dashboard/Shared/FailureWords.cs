using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Says in a sentence why a question had no answer.</summary>
public static class FailureWords
{
    /// <summary>The reason, for the place where the answer would stand.</summary>
    public static string Of(Exception failure) => failure switch
    {
        QueryTimeoutException or DatabaseBusyException => failure.Message,
        SqliteException sqlite => $"SQLite said: {sqlite.Message}",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
