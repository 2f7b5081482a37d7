using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>Writes what people say about conversations.</summary>
public sealed class ConversationStore(Database database, TimeProvider time)
{
    private const int ConversationsAtOnce = 200;

    /// <summary>Changes a conversation; false where no message has this session id, and nothing was written.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public async Task<bool> ChangeAsync(string conversationId, ConversationPatch patch, CancellationToken cancellationToken) =>
        (await ChangeAllAsync([conversationId], patch, cancellationToken)).Found > 0;

    /// <summary>Changes many conversations, some hundreds in a transaction, so that the bot writes in between. All of it is one change to undo.</summary>
    /// <param name="conversationIds">Session ids; those of no message are left out.</param>
    /// <param name="patch">What is set on each.</param>
    /// <param name="cancellationToken">Stops it between two transactions; what is written stays.</param>
    /// <exception cref="DatabaseBusyException">Another process is writing, and nothing was written.</exception>
    public async Task<AnnotationChange> ChangeAllAsync(IEnumerable<string> conversationIds, ConversationPatch patch, CancellationToken cancellationToken)
    {
        var change = new AnnotationChange(0, 0, 0);
        // One moment for all of it: by it the undoing knows the rows that nobody has touched since.
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var chunk in conversationIds.Chunk(ConversationsAtOnce))
        {
            try
            {
                var so = change;
                change = await database.WriteAsync(c => Change(c, so, chunk, patch, now), cancellationToken);
            }
            catch (DatabaseBusyException e) when (change.Found > 0)
            {
                return change with { Failure = e.Message };
            }
        }

        return change;
    }

    private static AnnotationChange Change(SqliteConnection connection, AnnotationChange change, string[] conversationIds, ConversationPatch patch, long now)
    {
        const string known = "SELECT i.value FROM json_each(@ids) i WHERE EXISTS (SELECT 1 FROM chat_messages m WHERE m.session_id = i.value)";
        var found = connection.Query<string>(known, new { ids = JsonSerializer.Serialize(conversationIds) }).AsList();
        if (found.Count == 0)
            return change;
        var id = change.Id > 0 ? change.Id : AnnotationUndoStore.Begin(connection, now, patch, null);
        var values = new { id, ids = JsonSerializer.Serialize(found), patch.Title, patch.Summary, patch.IsStarred, patch.Visibility, patch.IsArchived, now };
        var changed = new HashSet<string>(StringComparer.Ordinal);
        if (patch.Title is not null || patch.Summary is not null || patch.IsStarred is not null)
            changed.UnionWith(connection.Query<string>(Keep, values).AsList());
        if (changed.Count > 0)
            connection.Execute(Annotate, values);
        if (patch.IsArchived is not null || patch.Visibility is not null)
        {
            connection.Execute(KeepMessages, values);
            changed.UnionWith(connection.Query<string>(ChangeMessages, values));
        }

        return new AnnotationChange(id, change.Found + found.Count, change.Changed + changed.Count);
    }

    private const string Keep = """
        INSERT INTO annotation_former_conversations(change_id, conversation_id, existed, title, summary, is_starred, updated_at)
        SELECT @id, i.value, a.conversation_id IS NOT NULL, a.title, a.summary, COALESCE(a.is_starred, 0), a.updated_at
        FROM json_each(@ids) i LEFT JOIN conversation_annotations a ON a.conversation_id = i.value
        WHERE (@Title IS NOT NULL AND a.title IS NOT NULLIF(@Title, ''))
          OR (@Summary IS NOT NULL AND a.summary IS NOT NULLIF(@Summary, ''))
          OR (@IsStarred IS NOT NULL AND COALESCE(a.is_starred, 0) <> @IsStarred)
        RETURNING conversation_id
        """;

    private const string Annotate = """
        INSERT INTO conversation_annotations(conversation_id, title, summary, is_starred, updated_at)
        SELECT f.conversation_id, NULLIF(@Title, ''), NULLIF(@Summary, ''), COALESCE(@IsStarred, 0), @now
        FROM annotation_former_conversations f WHERE f.change_id = @id AND f.conversation_id IN (SELECT value FROM json_each(@ids))
        ON CONFLICT(conversation_id) DO UPDATE SET
          title = CASE WHEN @Title IS NULL THEN title ELSE NULLIF(@Title, '') END,
          summary = CASE WHEN @Summary IS NULL THEN summary ELSE NULLIF(@Summary, '') END,
          is_starred = COALESCE(@IsStarred, is_starred),
          updated_at = @now
        """;

    private const string Differs = """
        session_id IN (SELECT value FROM json_each(@ids)) AND message_id IS NOT NULL
          AND ((@IsArchived IS NOT NULL AND is_archived IS NOT @IsArchived) OR (@Visibility IS NOT NULL AND visibility IS NOT @Visibility))
        """;

    private const string KeepMessages = $"""
        INSERT INTO annotation_former_messages(change_id, message_id, visibility, is_archived, is_pinned, updated_at)
        SELECT @id, message_id, visibility, is_archived, is_pinned, updated_at FROM chat_messages WHERE {Differs}
        """;

    private const string ChangeMessages = $"""
        UPDATE chat_messages SET is_archived = COALESCE(@IsArchived, is_archived), visibility = COALESCE(@Visibility, visibility), updated_at = @now
        WHERE {Differs} RETURNING session_id
        """;
}
