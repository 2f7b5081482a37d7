using Duyetbot.Dashboard.Shared.Search;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Search;

/// <summary>The definition of a hit as functions of SQL, on the product's own connections.</summary>
internal static class SearchFunctions
{
    /// <summary>Adds <c>search_match(text, search)</c> and <c>search_score(text, search)</c>.</summary>
    public static void Register(SqliteConnection connection)
    {
        connection.CreateFunction<string?, string, bool>("search_match", static (text, search) => text is not null && SearchQuery.Parse(search).Matches(text), isDeterministic: true);
        connection.CreateFunction<string?, string, double>("search_score", static (text, search) => text is null ? 0 : SearchQuery.Parse(search).Score(text), isDeterministic: true);
    }
}
