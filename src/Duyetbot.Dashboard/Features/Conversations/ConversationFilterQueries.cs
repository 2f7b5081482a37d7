using Dapper;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Search;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>The filter as SQL over conversation_rollup or analytics_conversations_view, called <c>c</c>: fixed clauses, values as parameters.</summary>
internal sealed class ConversationFilterQueries
{
    /// <summary>Past this many stale conversations the live view is read whole: SQLite takes so many ids no longer one by one.</summary>
    private const int MaxDirtyIds = 2000;

    private const int FrequentHits = 5000;

    private readonly List<string> _dirty;

    private ConversationFilterQueries(string where, DynamicParameters parameters, List<string> dirty) => (Where, Parameters, _dirty) = (where, parameters, dirty);

    /// <summary>The conditions, joined by AND; never empty.</summary>
    public string Where { get; }

    public DynamicParameters Parameters { get; }

    /// <summary>True where some conversations are stale in conversation_rollup and must come from the live view.</summary>
    public bool HasDirty => _dirty.Count > 0;

    /// <summary>The condition that leaves out what is stale in conversation_rollup.</summary>
    public string Clean => HasDirty ? "NOT EXISTS (SELECT 1 FROM conversation_dirty d WHERE d.conversation_id = c.conversation_id)" : "1";

    /// <summary>True where so many are stale that the live view is read whole for them.</summary>
    public bool HasManyDirty => _dirty.Count > MaxDirtyIds;

    /// <summary>The condition on the live view that names what is stale in conversation_rollup.</summary>
    public string Dirty => HasManyDirty ? "c.conversation_id IN (SELECT conversation_id FROM conversation_dirty)" : "c.conversation_id IN @dirty";

    /// <summary>Composes the conditions; call it in the transaction that uses them.</summary>
    /// <param name="connection">The transaction's.</param>
    /// <param name="filter">Which conversations.</param>
    /// <param name="isWalked">True where only a page of them is wanted: what is in very many messages is then looked for in one conversation after the other.</param>
    public static ConversationFilterQueries Compose(SqliteConnection connection, ConversationFilter filter, bool isWalked = false)
    {
        const string sql = "SELECT conversation_id FROM conversation_dirty LIMIT 2001";
        var dirty = connection.Query<string>(sql).AsList();
        var parameters = new DynamicParameters();
        if (dirty.Count is > 0 and <= MaxDirtyIds)
            parameters.Add("dirty", dirty);
        return new ConversationFilterQueries(string.Join(" AND ", Clauses(filter, parameters, isWalked && IsFrequent(connection, filter))), parameters, dirty);
    }

    private static bool IsFrequent(SqliteConnection connection, ConversationFilter filter) =>
        filter.Q is not null && SearchHits.Newest(connection, SearchQuery.Parse(filter.Q), 0, SearchHits.LastSecond).Skip(FrequentHits).Any();

    private static IEnumerable<string> Clauses(ConversationFilter filter, DynamicParameters parameters, bool isWalked)
    {
        // A plus keeps SQLite from choosing this column's index where a narrower one exists.
        var narrow = filter.UserId is not null || filter.Starred == true;
        yield return filter.Archived switch
        {
            null => "1",
            true => narrow ? "+c.is_archived = 1" : "c.is_archived = 1",
            false => narrow ? "+c.is_archived = 0" : "c.is_archived = 0",
        };
        if (filter.Platform is not null)
        {
            parameters.Add("platform", filter.Platform);
            yield return "c.platform = @platform";
        }

        if (filter.UserId is not null)
        {
            parameters.Add("user_id", filter.UserId);
            yield return "c.user_id = @user_id";
        }

        if (filter.Username is not null)
        {
            parameters.Add("username", filter.Username);
            yield return "c.username = @username";
        }

        if (filter.Model is not null)
        {
            parameters.Add("model", filter.Model);
            yield return "instr(',' || c.models || ',', ',' || @model || ',') > 0";
        }

        if (filter.Visibility is not null)
        {
            parameters.Add("visibility", filter.Visibility);
            yield return "c.visibility = @visibility";
        }

        if (filter.Starred is { } starred)
            yield return $"c.conversation_id {(starred ? "" : "NOT ")}IN (SELECT a.conversation_id FROM conversation_annotations a WHERE a.is_starred <> 0)";
        if (filter.HasError is { } hasError)
            yield return hasError ? "c.error_count > 0" : "c.error_count = 0";
        if (filter.From is not null)
        {
            parameters.Add("from", filter.From);
            yield return "c.last_message_at >= @from";
        }

        if (filter.To is not null)
        {
            parameters.Add("to", filter.To);
            yield return "c.last_message_at < @to";
        }

        if (filter.Q is not null)
        {
            var ids = isWalked ? null : SearchSql.Ids(filter.Q, "q", (name, value) => parameters.Add(name, value));
            var held = ids is null
                ? $"EXISTS (SELECT 1 FROM chat_messages t WHERE t.session_id = c.conversation_id AND {SearchSql.Scan(filter.Q, "t.content", "q", (name, value) => parameters.Add(name, value))})"
                : $"c.conversation_id IN (SELECT s.session_id FROM chat_messages s WHERE s.id IN ({ids}))";
            yield return $"({held} OR c.conversation_id IN (SELECT a.conversation_id FROM conversation_annotations a WHERE search_match(a.title, @q)))";
        }
    }
}
