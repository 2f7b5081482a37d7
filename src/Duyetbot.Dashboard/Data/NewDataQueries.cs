using Dapper;
using Duyetbot.Dashboard.Data.Search;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Live;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>Says whether figures that were read are still those of now. A look costs what came since the last one, whatever the database holds.</summary>
public sealed class NewDataQueries(Database database)
{
    private const int MaxRunning = 200;
    private const int Chunk = 500;

    /// <summary>What is there now; to be read before the figures, so that nothing falls between.</summary>
    public Task<SeenData> GetSeenAsync(CancellationToken cancellationToken) => database.ReadAsync(
        c => new SeenData
        {
            LastMessage = c.ExecuteScalar<long?>("SELECT MAX(id) FROM chat_messages") ?? 0,
            LastEvent = c.ExecuteScalar<long?>("SELECT MAX(id) FROM observability_events") ?? 0,
            Running = c.Query<long>("SELECT id FROM observability_events WHERE status IN ('pending', 'processing') ORDER BY triggered_at DESC LIMIT @MaxRunning", new { MaxRunning }).AsList(),
            Prices = Prices(c),
        },
        cancellationToken);

    /// <summary>1 where something has changed that figures of such messages or events would hold, else 0.</summary>
    /// <param name="seen">What was there; is told how far it has been looked.</param>
    /// <param name="filter">Which rows the figures are of; events are told apart by time, user and source.</param>
    /// <param name="messages">True where the figures are of messages.</param>
    /// <param name="events">True where they are of events or their steps.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public async Task<int> CountNewAsync(SeenData seen, MessageFilter filter, bool messages, bool events, CancellationToken cancellationToken)
    {
        if (!seen.IsOutdated)
        {
            seen.IsOutdated = await database.ReadAsync(
                c => Prices(c) != seen.Prices || (messages && HasMessages(c, seen, filter)) || (events && (HasEnded(c, seen, filter) || HasEvents(c, seen, filter))),
                cancellationToken);
        }

        return seen.IsOutdated ? 1 : 0;
    }

    // A price may be changed where it stands; there are few of them.
    private static string Prices(SqliteConnection connection) => connection.ExecuteScalar<string>(
        """
        SELECT COUNT(*) || ' ' || COALESCE(MAX(id), 0) || ' ' || TOTAL(input_cost_per_1k + 3 * output_cost_per_1k + 5 * cached_cost_per_1k + 7 * reasoning_cost_per_1k)
          || ' ' || TOTAL(effective_from + 3 * COALESCE(effective_to, 0)) || ' ' || TOTAL(cached_in_input)
        FROM analytics_cost_config
        """) ?? "";

    private static bool HasMessages(SqliteConnection connection, SeenData seen, MessageFilter filter)
    {
        const string sql = "SELECT id FROM chat_messages WHERE id > @LastMessage ORDER BY id LIMIT @Chunk";
        while (connection.Query<long>(sql, new { seen.LastMessage, Chunk }).AsList() is { Count: > 0 } ids)
        {
            var parameters = new DynamicParameters(new { ids });
            var clauses = MessageWhere.Clauses(filter with { Q = null }, (name, value) => parameters.Add(name, value)).Append("m.id IN @ids");
            if (filter.Q is not null)
                clauses = clauses.Append(SearchSql.Scan(filter.Q, "m.content", "m_q", (name, value) => parameters.Add(name, value)));
            if (connection.ExecuteScalar<long>($"SELECT EXISTS (SELECT 1 FROM analytics_messages_view m WHERE {string.Join(" AND ", clauses)})", parameters) != 0)
                return true;
            seen.LastMessage = ids[^1];
        }

        return false;
    }

    private static bool HasEvents(SqliteConnection connection, SeenData seen, MessageFilter filter)
    {
        var last = connection.ExecuteScalar<long?>("SELECT MAX(id) FROM observability_events") ?? 0;
        if (connection.ExecuteScalar<long>($"SELECT EXISTS (SELECT 1 FROM observability_events e WHERE e.id > @LastEvent AND {OfEvents})", Values(filter, seen)) != 0)
            return true;
        seen.LastEvent = last;
        return false;
    }

    private static bool HasEnded(SqliteConnection connection, SeenData seen, MessageFilter filter) => seen.Running.Count > 0 && connection.ExecuteScalar<long>(
        $"SELECT EXISTS (SELECT 1 FROM observability_events e WHERE e.id IN @Running AND e.status NOT IN ('pending', 'processing') AND {OfEvents})", Values(filter, seen)) != 0;

    // A plus keeps SQLite from walking an index of all rows where few ids are named.
    private const string OfEvents = "+e.triggered_at >= @From AND +e.triggered_at < @To AND (@UserId IS NULL OR +e.user_id = @UserId) AND (@Source IS NULL OR +e.app_source = @Source)";

    private static object Values(MessageFilter filter, SeenData seen) =>
        new { From = filter.From ?? long.MinValue, To = filter.To ?? long.MaxValue, filter.UserId, filter.Source, seen.LastEvent, seen.Running };
}
