using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Keeps what stood before a change, and puts it back: exactly those rows, exactly those values.</summary>
/// <remarks>What somebody has set anew since then stays as they left it.</remarks>
public sealed class AnnotationUndoStore(Database database)
{
    private const long KeptMs = 3_600_000;
    private const int RowsAtOnce = 4_000;

    /// <summary>Undoes a change. False where it is not known any more: undone already, or older than an hour.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing; doing it again goes on where it stopped.</exception>
    public async Task<bool> UndoAsync(long changeId, CancellationToken cancellationToken)
    {
        const string exists = "SELECT EXISTS (SELECT 1 FROM annotation_changes WHERE id = @changeId)";
        if (!await database.ReadAsync(c => c.ExecuteScalar<bool>(exists, new { changeId }), cancellationToken))
            return false;
        // A few thousand rows at a time: others write in between.
        while (await database.WriteAsync(c => ReturnMessages(c, changeId), cancellationToken))
        {
        }

        await database.WriteAsync(c => ReturnConversations(c, changeId), cancellationToken);
        return true;
    }

    /// <summary>Begins a change in the transaction that makes it; older ones are forgotten.</summary>
    internal static long Begin(SqliteConnection connection, long now, ConversationPatch? conversation, MessagePatch? message)
    {
        const string forget = """
            DELETE FROM annotation_former_conversations WHERE change_id IN (SELECT id FROM annotation_changes WHERE made_at < @before);
            DELETE FROM annotation_former_messages WHERE change_id IN (SELECT id FROM annotation_changes WHERE made_at < @before);
            DELETE FROM annotation_changes WHERE made_at < @before;
            """;
        const string begin = """
            INSERT INTO annotation_changes(made_at, title, summary, is_starred, visibility, is_archived, is_pinned)
            VALUES (@now, @Title, @Summary, @IsStarred, @visibility, @isArchived, @IsPinned) RETURNING id
            """;
        connection.Execute(forget, new { before = now - KeptMs });
        return connection.ExecuteScalar<long>(begin, new
        {
            now,
            conversation?.Title,
            conversation?.Summary,
            conversation?.IsStarred,
            visibility = conversation?.Visibility ?? message?.Visibility,
            isArchived = conversation?.IsArchived ?? message?.IsArchived,
            message?.IsPinned,
        });
    }

    // True where more may be left.
    private static bool ReturnMessages(SqliteConnection connection, long changeId)
    {
        const string lastKey = "SELECT message_id FROM annotation_former_messages WHERE change_id = @changeId ORDER BY message_id LIMIT 1 OFFSET @skip";
        const string back = """
            UPDATE chat_messages AS m SET
              visibility = CASE WHEN c.visibility IS NOT NULL AND m.visibility IS c.visibility THEN f.visibility ELSE m.visibility END,
              is_archived = CASE WHEN c.is_archived IS NOT NULL AND m.is_archived IS c.is_archived THEN f.is_archived ELSE m.is_archived END,
              is_pinned = CASE WHEN c.is_pinned IS NOT NULL AND m.is_pinned IS c.is_pinned THEN f.is_pinned ELSE m.is_pinned END,
              updated_at = CASE WHEN m.updated_at IS c.made_at THEN f.updated_at ELSE m.updated_at END
            FROM annotation_former_messages f JOIN annotation_changes c ON c.id = f.change_id
            WHERE f.change_id = @changeId AND (@last IS NULL OR f.message_id <= @last) AND m.message_id = f.message_id
            """;
        const string done = "DELETE FROM annotation_former_messages WHERE change_id = @changeId AND (@last IS NULL OR message_id <= @last)";
        var last = connection.ExecuteScalar<string?>(lastKey, new { changeId, skip = RowsAtOnce - 1 });
        connection.Execute(back, new { changeId, last });
        connection.Execute(done, new { changeId, last });
        return last is not null;
    }

    private static int ReturnConversations(SqliteConnection connection, long changeId)
    {
        const string back = """
            UPDATE conversation_annotations AS a SET
              title = CASE WHEN c.title IS NOT NULL AND a.title IS NULLIF(c.title, '') THEN f.title ELSE a.title END,
              summary = CASE WHEN c.summary IS NOT NULL AND a.summary IS NULLIF(c.summary, '') THEN f.summary ELSE a.summary END,
              is_starred = CASE WHEN c.is_starred IS NOT NULL AND a.is_starred IS c.is_starred THEN f.is_starred ELSE a.is_starred END,
              updated_at = CASE WHEN a.updated_at IS c.made_at AND f.existed THEN f.updated_at ELSE a.updated_at END
            FROM annotation_former_conversations f JOIN annotation_changes c ON c.id = f.change_id
            WHERE f.change_id = @changeId AND a.conversation_id = f.conversation_id;
            DELETE FROM conversation_annotations
            WHERE title IS NULL AND summary IS NULL AND note IS NULL AND metadata IS NULL AND is_starred = 0
              AND conversation_id IN (SELECT f.conversation_id FROM annotation_former_conversations f WHERE f.change_id = @changeId AND NOT f.existed);
            DELETE FROM annotation_former_conversations WHERE change_id = @changeId;
            DELETE FROM annotation_changes WHERE id = @changeId;
            """;
        return connection.Execute(back, new { changeId });
    }
}
