using System.Text;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Reads one message with all that stands behind it, at one moment.</summary>
public sealed class MessageDetailQueries(Database database)
{
    /// <summary>The message, or null where none has this id.</summary>
    public Task<MessageDetail?> FindAsync(string messageId, CancellationToken cancellationToken) =>
        database.ReadAsync(c => Find(c, messageId), cancellationToken);

    /// <summary>The message's whole content in UTF-8, or null where none has this id.</summary>
    public Task<byte[]?> FindTextAsync(string messageId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            c => c.ExecuteScalar<string?>("SELECT content FROM chat_messages WHERE message_id = @messageId", new { messageId }) is { } text ? Encoding.UTF8.GetBytes(text) : null,
            cancellationToken);

    private static MessageDetail? Find(SqliteConnection connection, string messageId)
    {
        var row = connection.QueryFirstOrDefault<MessageDetail>($"SELECT {RowColumns.Message} FROM analytics_messages_view m WHERE m.message_id = @messageId", new { messageId });
        if (row is null)
            return null;
        const string around = """
            SELECT
              (SELECT p.message_id FROM chat_messages p WHERE p.session_id = m.session_id AND (p.sequence, p.id) < (m.sequence, m.id) ORDER BY p.sequence DESC, p.id DESC LIMIT 1) AS previous_id,
              (SELECT n.message_id FROM chat_messages n WHERE n.session_id = m.session_id AND (n.sequence, n.id) > (m.sequence, m.id) ORDER BY n.sequence, n.id LIMIT 1) AS next_id,
              (SELECT COUNT(*) FROM chat_messages b WHERE b.session_id = m.session_id AND (b.sequence, b.id) <= (m.sequence, m.id)) AS position,
              (SELECT COUNT(*) FROM chat_messages t WHERE t.session_id = m.session_id) AS total,
              length(CAST(m.content AS BLOB)) AS content_bytes
            FROM chat_messages m WHERE m.id = @Id
            """;
        const string stored = """
            SELECT CAST(username AS TEXT) AS username, CAST(model AS TEXT) AS model, CAST(input_tokens AS TEXT) AS input_tokens, CAST(output_tokens AS TEXT) AS output_tokens,
              CAST(cached_tokens AS TEXT) AS cached_tokens, CAST(reasoning_tokens AS TEXT) AS reasoning_tokens, CAST(timestamp AS TEXT) AS timestamp,
              CAST(sequence AS TEXT) AS sequence, CAST(updated_at AS TEXT) AS updated_at
            FROM chat_messages WHERE id = @Id
            """;
        const string price = "SELECT id, model, provider, input_price, cached_price, output_price, reasoning_price, cached_in_input FROM analytics_prices_view WHERE id = @PriceId";
        var place = connection.QuerySingle<MessageDetail>(around, new { row.Id });
        return row with
        {
            PreviousId = place.PreviousId,
            NextId = place.NextId,
            Position = place.Position,
            Total = place.Total,
            ContentBytes = place.ContentBytes,
            Stored = connection.QuerySingle<StoredMessage>(stored, new { row.Id }),
            Price = row.PriceId is null ? null : connection.QueryFirstOrDefault<PriceRow>(price, new { row.PriceId }),
            Event = row.EventId is null ? null : connection.QueryFirstOrDefault<EventRow>($"SELECT {RowColumns.Event} FROM analytics_events_view e WHERE e.event_id = @EventId", new { row.EventId }),
            Steps = row.EventId is null ? [] : StepPath.InOrder(
                connection.Query<StepRow>($"SELECT {RowColumns.Step} FROM analytics_agent_steps_view s WHERE s.event_id = @EventId", new { row.EventId }), s => s.StepId, s => s.EventId),
        };
    }
}
