using Dapper;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>The filter as SQL: where a user's messages and errors come from. Fixed clauses, values as parameters.</summary>
/// <remarks>
/// Whole hours of conversations that are fresh come from user_hours, their cost from the sums of figures; what is stale there, and the ends of the range that are no
/// whole hours, come from the live view. So a figure is the view's at that moment, whatever the roll-up holds.
/// </remarks>
internal sealed class UserSourcesSql
{
    /// <summary>Past this many stale conversations the whole range is read from the live view.</summary>
    private const int MaxStale = 2000;

    private const string Stale = "SELECT conversation_id FROM conversation_dirty UNION SELECT conversation_id FROM user_hours_dirty";

    private const string Sums = """
        user_id, COUNT(DISTINCT conversation_id) AS conversation_count, SUM(message_count) AS message_count, SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens,
        SUM(cached_tokens) AS cached_tokens, SUM(reasoning_tokens) AS reasoning_tokens, SUM(total_tokens) AS total_tokens, SUM(estimated_cost_usd) AS estimated_cost_usd,
        SUM(unpriced_tokens) AS unpriced_tokens, 0 AS error_count, MIN(first_message_at) AS first_seen_at, MAX(last_message_at) AS last_seen_at
        """;

    private const string LiveColumns = """
        NULLIF(m.user_id, '') AS user_id, m.session_id AS conversation_id, m.platform, m.username, 1 AS message_count, m.input_tokens, m.output_tokens, m.cached_tokens, m.reasoning_tokens, m.total_tokens,
        CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp END AS first_message_at, CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp END AS last_message_at
        """;

    private const string LiveCost = ", m.estimated_cost_usd, m.unpriced_tokens";

    private const string CostElsewhere = ", NULL AS estimated_cost_usd, 0 AS unpriced_tokens";

    // Beside the messages, in the columns of Sums.
    private const string Costs = "SELECT c.value ->> 0, 0, 0, 0, 0, 0, 0, 0, c.value ->> 1, c.value ->> 2, 0, NULL, NULL FROM json_each(@costs) c";

    private const string HourColumns = """
        h.conversation_id, h.platform, h.username, h.message_count, h.input_tokens, h.output_tokens, h.cached_tokens, h.reasoning_tokens, h.total_tokens,
        h.first_message_at, h.last_message_at
        """;

    private const string RollupNames = """
        SELECT h.user_id, h.username, h.platform, MAX(h.last_message_at) AS last_at FROM user_hours h WHERE h.user_id IN @ids GROUP BY 1, 2, 3
        UNION ALL SELECT c.user_id, c.username, c.platform, MAX(c.last_message_at) FROM conversation_rollup c WHERE c.user_id IN @ids GROUP BY 1, 2, 3
        """;

    private const string RollupMatches = """
        WITH matched(user_id) AS MATERIALIZED (
          SELECT h.user_id FROM user_hours h WHERE h.user_id LIKE @q ESCAPE '\' OR h.username LIKE @q ESCAPE '\'
          UNION SELECT NULLIF(c.user_id, '') FROM conversation_rollup c WHERE c.user_id LIKE @q ESCAPE '\' OR c.username LIKE @q ESCAPE '\'
          UNION SELECT NULLIF(e.user_id, '') FROM observability_events e WHERE e.status = 'error' AND (e.user_id LIKE @q ESCAPE '\' OR e.username LIKE @q ESCAPE '\'))
        """;

    private readonly UserFilter _filter;
    private readonly bool _isBounded;
    private readonly UserHours _hours;
    private readonly int _stale;
    private readonly bool _isShort;
    private readonly bool _isLive;

    private UserSourcesSql(UserFilter filter, int stale, bool isShort, bool isLive)
    {
        _isLive = isLive;
        _isShort = isShort;
        _filter = filter;
        _stale = stale;
        _isBounded = filter.From is not null || filter.To is not null;
        _hours = UserHours.Of(filter.From ?? long.MinValue, filter.To ?? long.MaxValue);
    }

    public DynamicParameters Parameters { get; } = new();

    /// <summary>What stands before a SELECT that uses the other parts: the users that the text finds.</summary>
    public string With => _filter.Q is null ? "" : _stale > MaxStale ? RollupMatches : $"""
        WITH matched(user_id) AS MATERIALIZED (
          SELECT h.user_id FROM user_hours h WHERE (h.user_id LIKE @q ESCAPE '\' OR h.username LIKE @q ESCAPE '\') AND {Fresh("h.conversation_id")}
          UNION SELECT NULLIF(m.user_id, '') FROM analytics_messages_view m WHERE (m.user_id LIKE @q ESCAPE '\' OR m.username LIKE @q ESCAPE '\') AND {StaleOnly("m.session_id")}
          UNION SELECT NULLIF(e.user_id, '') FROM observability_events e WHERE e.status = 'error' AND (e.user_id LIKE @q ESCAPE '\' OR e.username LIKE @q ESCAPE '\'))
        """;

    /// <summary>A row per user with its sums; user_id is '' for nobody, cost is NULL where it is unknown.</summary>
    public string Users => $"""
        SELECT COALESCE(user_id, '') AS user_id, SUM(conversation_count) AS conversation_count, SUM(message_count) AS message_count, SUM(input_tokens) AS input_tokens,
          SUM(output_tokens) AS output_tokens, SUM(cached_tokens) AS cached_tokens, SUM(reasoning_tokens) AS reasoning_tokens, SUM(total_tokens) AS total_tokens,
          CASE WHEN SUM(unpriced_tokens) > 0 AND SUM(unpriced_tokens) >= SUM(total_tokens) THEN NULL ELSE TOTAL(estimated_cost_usd) END AS estimated_cost_usd,
          SUM(unpriced_tokens) AS unpriced_tokens, SUM(error_count) AS error_count, MIN(first_seen_at) AS first_seen_at, MAX(last_seen_at) AS last_seen_at
        FROM ({string.Join("\nUNION ALL ", Messages().Select(m => $"SELECT {Sums} FROM ({m}) GROUP BY user_id").Append(Errors).Concat(CostsApart))})
        GROUP BY 1
        {(_filter.NeedsMessages ? "HAVING SUM(message_count) > 0" : "")}
        """;

    /// <summary>The messages, in parts that share no conversation; each a SELECT of the columns of <see cref="HourColumns"/>.</summary>
    public IEnumerable<string> Messages()
    {
        if (_isLive)
        {
            yield return Live(_isBounded ? "m.timestamp >= @from AND m.timestamp < @to AND typeof(m.timestamp) = 'integer'" : "1");
            yield break;
        }

        // The plus keeps SQLite from the order of the grouping, which costs all hours, where the range holds few.
        var fresh = $"SELECT {(_isShort ? "+" : "")}h.user_id AS user_id, {HourColumns}{CostElsewhere} FROM user_hours h WHERE {string.Join(" AND ", HourClauses())}";
        if (_isBounded && _hours.HasEnds)
        {
            if (_hours.HeadTo > _hours.HeadFrom)
                fresh += $"\nUNION ALL {Live($"m.timestamp >= @headFrom AND m.timestamp < @headTo AND typeof(m.timestamp) = 'integer' AND {Fresh("m.session_id")}")}";
            if (_hours.TailTo > _hours.TailFrom)
                fresh += $"\nUNION ALL {Live($"m.timestamp >= @tailFrom AND m.timestamp < @tailTo AND typeof(m.timestamp) = 'integer' AND {Fresh("m.session_id")}")}";
        }

        yield return fresh;
        if (_stale > 0)
            yield return Live(StaleOnly("m.session_id") + (_isBounded ? " AND +m.timestamp >= @from AND +m.timestamp < @to AND typeof(m.timestamp) = 'integer'" : ""));
    }

    /// <summary>Names and platforms of the users of <c>@ids</c>, whatever the filter, with the time they were last used.</summary>
    /// <remarks>While user_hours is being built they come from what it has and from conversation_rollup, which knows one name per conversation; figures never do.</remarks>
    public string Names => _stale > MaxStale ? RollupNames : $"""
        SELECT h.user_id, h.username, h.platform, MAX(h.last_message_at) AS last_at FROM user_hours h
        WHERE h.user_id IN @ids AND {Fresh("h.conversation_id")} GROUP BY 1, 2, 3
        UNION ALL
        SELECT m.user_id, m.username, m.platform, MAX(CASE WHEN typeof(m.timestamp) = 'integer' THEN m.timestamp END) FROM analytics_messages_view m
        WHERE m.user_id IN @ids AND {StaleOnly("m.session_id")} GROUP BY 1, 2, 3
        """;

    /// <summary>Composes the parts; call it in the transaction that uses them.</summary>
    /// <param name="connection">With that transaction.</param>
    /// <param name="filter">Which messages and errors count.</param>
    /// <param name="figures">What cost is read from; null where nobody asks for it.</param>
    public static UserSourcesSql Compose(SqliteConnection connection, UserFilter filter, FigureReader? figures = null)
    {
        var stale = connection.Query<string>($"SELECT conversation_id FROM ({Stale}) LIMIT {MaxStale + 1}").AsList();
        var costs = figures is null || stale.Count > MaxStale ? null : UserCostQueries.Find(connection, figures, filter);
        var isLive = stale.Count > MaxStale || (figures is not null && costs is null);
        var sql = new UserSourcesSql(filter, stale.Count, filter.UserId is null && IsShort(connection, filter), isLive);
        if (stale.Count is > 0 and <= MaxStale)
            sql.Parameters.Add("stale", stale);
        sql.Parameters.AddDynamicParams(new
        {
            from = filter.From ?? long.MinValue,
            to = filter.To ?? long.MaxValue,
            hourFrom = sql._hours.HourFrom,
            hourTo = sql._hours.HourTo,
            headFrom = sql._hours.HeadFrom,
            headTo = sql._hours.HeadTo,
            tailFrom = sql._hours.TailFrom,
            tailTo = sql._hours.TailTo,
            q = filter.Q is null ? null : Like.Contains(filter.Q),
            costs = costs ?? "[]",
            platform = filter.Platform,
            user_id = filter.UserId,
        });
        return sql;
    }

    // True where the range holds less than about a third of the time that there are hours of.
    private static bool IsShort(SqliteConnection connection, UserFilter filter)
    {
        if (filter.From is null && filter.To is null)
            return false;
        const string ends = "SELECT (SELECT MIN(period_start) FROM user_hours WHERE period_start IS NOT NULL) AS first, (SELECT MAX(period_start) FROM user_hours) AS last";
        var (first, last) = connection.QuerySingle<(long? First, long? Last)>(ends);
        var length = Math.Min(last ?? 0, filter.To ?? long.MaxValue) - (double)Math.Max(first ?? 0, filter.From ?? long.MinValue);
        return length < ((double)(last ?? 0) - (first ?? 0)) / 3;
    }

    private IEnumerable<string> CostsApart => _isLive ? [] : [_filter.Q is null ? Costs : $"{Costs} WHERE c.value ->> 0 IN (SELECT user_id FROM matched)"];

    // Without the index named SQLite takes the one on status, and looks every event up for its user.
    private string Errors => $"""
        SELECT NULLIF(e.user_id, ''), 0, 0, 0, 0, 0, 0, 0, NULL, 0, COUNT(*), MIN(CASE WHEN typeof(e.triggered_at) = 'integer' THEN e.triggered_at END), MAX(CASE WHEN typeof(e.triggered_at) = 'integer' THEN e.triggered_at END)
        FROM observability_events e INDEXED BY idx_obs_user_errors
        WHERE {string.Join(" AND ", ErrorClauses())}
        GROUP BY e.user_id
        """;

    private IEnumerable<string> HourClauses()
    {
        yield return Archived("h.is_archived");
        if (_isBounded)
            yield return _isShort ? "h.period_start >= @hourFrom AND h.period_start < @hourTo" : "+h.period_start >= @hourFrom AND +h.period_start < @hourTo";
        if (_stale > 0)
            yield return Fresh("h.conversation_id");
        foreach (var clause in Narrow("h.platform", "h.user_id"))
            yield return clause;
    }

    private IEnumerable<string> ErrorClauses()
    {
        yield return "e.status = 'error'";
        if (_isBounded)
            yield return "e.triggered_at >= @from AND e.triggered_at < @to";
        foreach (var clause in Narrow(null, "e.user_id"))
            yield return clause;
        if (_filter.Platform is not null)
            yield return "EXISTS (SELECT 1 FROM chat_messages x WHERE x.event_id = e.event_id AND x.platform = @platform)";
    }

    private string Live(string time) => $"SELECT {LiveColumns}{(_isLive ? LiveCost : CostElsewhere)} FROM analytics_messages_view m WHERE {string.Join(" AND ", Narrow("m.platform", "m.user_id").Prepend(Archived("m.is_archived")).Prepend(time))}";

    private IEnumerable<string> Narrow(string? platform, string user)
    {
        if (_filter.Platform is not null && platform is not null)
            yield return $"{platform} = @platform";
        if (_filter.UserId is not null)
            yield return $"{user} = @user_id";
        if (_filter.Q is not null)
            yield return $"{user} IN (SELECT user_id FROM matched)";
    }

    private string Fresh(string column) => _stale == 0 ? "1" : $"{column} NOT IN ({Stale})";

    private string StaleOnly(string column) => _stale == 0 ? "0" : $"{column} IN @stale";

    private string Archived(string column) => _filter.Archived switch { null => "1", true => $"{column} <> 0", false => $"{column} = 0" };
}
