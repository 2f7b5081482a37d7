using Dapper;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Writes what people say about messages.</summary>
public sealed class MessageStore(Database database, TimeProvider time)
{
    /// <summary>Changes a message. Where none has this id, nothing is found and nothing was written.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task<AnnotationChange> ChangeAsync(string messageId, MessagePatch patch, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                const string exists = "SELECT EXISTS (SELECT 1 FROM chat_messages WHERE message_id = @messageId)";
                const string keep = """
                    INSERT INTO annotation_former_messages(change_id, message_id, visibility, is_archived, is_pinned, updated_at)
                    SELECT @id, message_id, visibility, is_archived, is_pinned, updated_at FROM chat_messages WHERE message_id = @messageId
                      AND ((@Visibility IS NOT NULL AND visibility IS NOT @Visibility) OR (@IsArchived IS NOT NULL AND is_archived IS NOT @IsArchived) OR (@IsPinned IS NOT NULL AND is_pinned IS NOT @IsPinned))
                    """;
                const string change = """
                    UPDATE chat_messages SET visibility = COALESCE(@Visibility, visibility), is_archived = COALESCE(@IsArchived, is_archived),
                      is_pinned = COALESCE(@IsPinned, is_pinned), updated_at = @now
                    WHERE message_id = @messageId
                    """;
                if (!connection.ExecuteScalar<bool>(exists, new { messageId }))
                    return new AnnotationChange(0, 0, 0);
                var now = time.GetUtcNow().ToUnixTimeMilliseconds();
                var id = AnnotationUndoStore.Begin(connection, now, null, patch);
                var changed = connection.Execute(keep, new { id, messageId, patch.Visibility, patch.IsArchived, patch.IsPinned });
                if (changed > 0)
                    connection.Execute(change, new { messageId, patch.Visibility, patch.IsArchived, patch.IsPinned, now });
                return new AnnotationChange(id, 1, changed);
            },
            cancellationToken);
}
