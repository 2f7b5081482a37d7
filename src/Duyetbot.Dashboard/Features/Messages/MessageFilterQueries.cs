using Dapper;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>The filter as SQL over analytics_messages_view, called <c>m</c>: fixed clauses, values as parameters.</summary>
internal static class MessageFilterQueries
{
    public static IEnumerable<string> Clauses(MessageFilter filter, DynamicParameters parameters)
    {
        var shared = filter.Shared;
        var clauses = new List<string>();
        Add("m.platform = @platform", "platform", shared.Platform);
        Add("m.user_id = @user_id", "user_id", shared.UserId);
        Add("m.username = @username", "username", shared.Username);
        Add("m.model = @model", "model", shared.Model);
        Add("m.visibility = @visibility", "visibility", shared.Visibility);
        Add("m.timestamp >= @from", "from", shared.From);
        Add("m.timestamp < @to", "to", shared.To);
        Add("m.role = @role", "role", filter.Role);
        Add("m.session_id = @conversation_id", "conversation_id", filter.ConversationId);
        Add("m.event_id = @event_id", "event_id", filter.EventId);
        Add(@"m.content LIKE @q ESCAPE '\'", "q", shared.Q is null ? null : Like.Contains(shared.Q));
        if (shared.Archived is { } archived)
            clauses.Add(archived ? "m.is_archived <> 0" : "m.is_archived = 0");
        if (shared.HasError is { } hasError)
            clauses.Add(hasError ? "m.event_status = 'error'" : "m.event_status IS NOT 'error'");
        if (shared.Starred is { } starred)
            clauses.Add($"m.session_id {(starred ? "" : "NOT ")}IN (SELECT a.conversation_id FROM conversation_annotations a WHERE a.is_starred <> 0)");
        return clauses;

        void Add(string clause, string name, object? value)
        {
            if (value is null)
                return;
            parameters.Add(name, value);
            clauses.Add(clause);
        }
    }
}
