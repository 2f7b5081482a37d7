using System.Text;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Payload;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Reads one message with all that stands behind it, at one moment.</summary>
public sealed class MessageDetailQueries(Database database)
{
    /// <summary>The message as a page shows it, or null where none has this id.</summary>
    /// <remarks>Of its long texts only the begins, and the steps without their JSON: an open page would hold the rest for nothing.</remarks>
    public Task<MessageDetail?> FindAsync(string messageId, CancellationToken cancellationToken) =>
        database.ReadAsync(c => Find(c, messageId, false), cancellationToken);

    /// <summary>The message with every text whole, or null where none has this id.</summary>
    public Task<MessageDetail?> FindWholeAsync(string messageId, CancellationToken cancellationToken) =>
        database.ReadAsync(c => Find(c, messageId, true), cancellationToken);

    /// <summary>The message's whole content in UTF-8, or null where none has this id.</summary>
    public Task<byte[]?> FindTextAsync(string messageId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            c => c.ExecuteScalar<string?>("SELECT content FROM chat_messages WHERE message_id = @messageId", new { messageId }) is { } text ? Encoding.UTF8.GetBytes(text) : null,
            cancellationToken);

    /// <summary>A long text whole; null where it is gone, or longer than a page can show.</summary>
    public Task<string?> FindPartAsync(MessageDetail detail, MessagePart part, CancellationToken cancellationToken) =>
        database.ReadAsync(c => StoredTexts.FindWhole(c, Column(part), Id(detail, part)), cancellationToken);

    /// <summary>The places of a text in a long one; null where that is gone.</summary>
    public Task<TextHits?> FindHitsAsync(MessageDetail detail, MessagePart part, string find, CancellationToken cancellationToken) =>
        database.ReadAsync(c => StoredTexts.FindHits(c, Column(part), Id(detail, part), find, cancellationToken), cancellationToken);

    private static StoredColumn Column(MessagePart part) => part switch
    {
        MessagePart.Content => StoredColumn.MessageContent,
        MessagePart.Metadata => StoredColumn.MessageMetadata,
        _ => StoredColumn.EventMetadata,
    };

    private static string Id(MessageDetail detail, MessagePart part) => part == MessagePart.EventMetadata ? detail.EventId ?? "" : detail.MessageId;

    private static MessageDetail? Find(SqliteConnection connection, string messageId, bool isWhole)
    {
        var columns = isWhole ? RowColumns.Message : RowColumns.MessageWithoutTexts;
        var row = connection.QueryFirstOrDefault<MessageDetail>($"SELECT {columns} FROM analytics_messages_view m WHERE m.message_id = @messageId", new { messageId });
        if (row is null)
            return null;
        const string around = """
            SELECT
              (SELECT p.message_id FROM chat_messages p WHERE p.session_id = m.session_id AND (p.sequence, p.id) < (m.sequence, m.id) ORDER BY p.sequence DESC, p.id DESC LIMIT 1) AS previous_id,
              (SELECT n.message_id FROM chat_messages n WHERE n.session_id = m.session_id AND (n.sequence, n.id) > (m.sequence, m.id) ORDER BY n.sequence, n.id LIMIT 1) AS next_id,
              (SELECT COUNT(*) FROM chat_messages b WHERE b.session_id = m.session_id AND (b.sequence, b.id) <= (m.sequence, m.id)) AS position,
              (SELECT COUNT(*) FROM chat_messages t WHERE t.session_id = m.session_id) AS total
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
        if (!isWhole)
        {
            var content = StoredTexts.FindHead(connection, StoredColumn.MessageContent, messageId) ?? StoredText.Of("");
            row = row with
            {
                Content = content.Text,
                ContentText = content,
                MetadataText = StoredTexts.FindHead(connection, StoredColumn.MessageMetadata, messageId, StoredText.OnRequest),
                EventMetadataText = row.EventId is null ? null : StoredTexts.FindHead(connection, StoredColumn.EventMetadata, row.EventId, StoredText.OnRequest),
            };
        }

        var (eventColumns, stepColumns) = isWhole ? (RowColumns.Event, RowColumns.Step) : (RowColumns.EventWithoutTexts, RowColumns.StepWithoutJson);
        return row with
        {
            PreviousId = place.PreviousId,
            NextId = place.NextId,
            Position = place.Position,
            Total = place.Total,
            Stored = connection.QuerySingle<StoredMessage>(stored, new { row.Id }),
            Price = row.PriceId is null ? null : connection.QueryFirstOrDefault<PriceRow>(price, new { row.PriceId }),
            Event = row.EventId is null ? null : connection.QueryFirstOrDefault<EventRow>($"SELECT {eventColumns} FROM analytics_events_view e WHERE e.event_id = @EventId", new { row.EventId }),
            Steps = row.EventId is null ? [] : StepPath.InOrder(
                connection.Query<StepRow>($"SELECT {stepColumns} FROM analytics_agent_steps_view s WHERE s.event_id = @EventId", new { row.EventId }), s => s.StepId, s => s.EventId),
        };
    }
}
