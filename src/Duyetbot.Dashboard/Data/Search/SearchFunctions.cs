using System.Text;
using Duyetbot.Dashboard.Shared.Search;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Duyetbot.Dashboard.Data.Search;

/// <summary>The definition of a hit as functions of SQL, on the product's own connections.</summary>
internal static class SearchFunctions
{
    private const int Flags = raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC;

    private static readonly delegate_function_scalar Match = static (context, _, arguments) =>
        raw.sqlite3_result_int(context, Text(arguments[0]) is { } text && SearchQuery.Parse(Text(arguments[1]) ?? "").Matches(text) ? 1 : 0);

    private static readonly delegate_function_scalar Score = static (context, _, arguments) =>
        raw.sqlite3_result_double(context, Text(arguments[0]) is { } text ? SearchQuery.Parse(Text(arguments[1]) ?? "").Score(text) : 0);

    /// <summary>Adds <c>search_match(text, search)</c> and <c>search_score(text, search)</c>.</summary>
    public static void Register(SqliteConnection connection)
    {
        raw.sqlite3_create_function(connection.Handle, "search_match", 2, Flags, null, Match);
        raw.sqlite3_create_function(connection.Handle, "search_score", 2, Flags, null, Score);
    }

    // By its bytes: as text it would end at the first zero character.
    private static string? Text(sqlite3_value value) => raw.sqlite3_value_type(value) == raw.SQLITE_NULL ? null : Encoding.UTF8.GetString(raw.sqlite3_value_blob(value));
}
