using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Writes what people say about conversations.</summary>
public sealed class ConversationStore(Database database, TimeProvider time)
{
    /// <summary>Changes a conversation; false where no message has this session id, and nothing was written.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task<bool> ChangeAsync(string conversationId, ConversationPatch patch, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                const string exists = "SELECT EXISTS (SELECT 1 FROM chat_messages WHERE session_id = @conversationId)";
                if (!connection.ExecuteScalar<bool>(exists, new { conversationId }))
                    return false;
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                if (patch.Title is not null || patch.Summary is not null || patch.IsStarred is not null)
                {
                    const string annotate = """
                        INSERT INTO conversation_annotations(conversation_id, title, summary, is_starred, updated_at)
                        VALUES (@conversationId, NULLIF(@Title, ''), NULLIF(@Summary, ''), COALESCE(@IsStarred, 0), @now)
                        ON CONFLICT(conversation_id) DO UPDATE SET
                          title = CASE WHEN @Title IS NULL THEN title ELSE NULLIF(@Title, '') END,
                          summary = CASE WHEN @Summary IS NULL THEN summary ELSE NULLIF(@Summary, '') END,
                          is_starred = COALESCE(@IsStarred, is_starred),
                          updated_at = @now
                        """;
                    connection.Execute(annotate, new { conversationId, patch.Title, patch.Summary, patch.IsStarred, now });
                }

                if (patch.IsArchived is not null || patch.Visibility is not null)
                {
                    const string change = """
                        UPDATE chat_messages SET is_archived = COALESCE(@IsArchived, is_archived), visibility = COALESCE(@Visibility, visibility), updated_at = @now
                        WHERE session_id = @conversationId
                        """;
                    connection.Execute(change, new { conversationId, patch.IsArchived, patch.Visibility, now });
                }

                return true;
            },
            cancellationToken);
}

/// <summary>Writes what people say about messages.</summary>
public sealed class MessageStore(Database database, TimeProvider time)
{
    /// <summary>Changes a message; false where none has this id, and nothing was written.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task<bool> ChangeAsync(string messageId, MessagePatch patch, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                const string sql = """
                    UPDATE chat_messages SET visibility = COALESCE(@Visibility, visibility), is_archived = COALESCE(@IsArchived, is_archived),
                      is_pinned = COALESCE(@IsPinned, is_pinned), updated_at = @now
                    WHERE message_id = @messageId
                    """;
                return connection.Execute(sql, new { messageId, patch.Visibility, patch.IsArchived, patch.IsPinned, now = time.GetUtcNow().ToUnixTimeMilliseconds() }) > 0;
            },
            cancellationToken);
}
