using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Says why a question failed.</summary>
public static class FailureWords
{
    /// <summary>The reason as a sentence.</summary>
    public static string Of(Exception failure) => failure switch
    {
        QueryTimeoutException or DatabaseBusyException => failure.Message,
        SqliteException sqlite => $"SQLite said: {sqlite.Message}",
        _ => $"{failure.GetType().Name}: {failure.Message}",
    };
}
