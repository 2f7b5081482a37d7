using Duyetbot.Dashboard.Data.Search;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The filter of messages as SQL over analytics_messages_view, called <c>m</c>: fixed clauses, values as parameters whose names begin with m_.</summary>
/// <remarks>Every figure and every list of messages is narrowed down by these clauses, so that a list holds exactly the rows that a bar counts.</remarks>
public static class MessageWhere
{
    /// <summary>The conditions, to be joined by AND; none for everything.</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="add">Receives each parameter's name and value.</param>
    /// <param name="from">Where the rows begin, if the caller's own condition says so; it keeps the condition of an hour of the week short.</param>
    /// <param name="to">Where they end.</param>
    public static IReadOnlyList<string> Clauses(MessageFilter filter, Action<string, object?> add, long? from = null, long? to = null)
    {
        var clauses = new List<string>();
        Add("m.platform = @m_platform", "m_platform", filter.Platform);
        Add("m.user_id = @m_user_id", "m_user_id", filter.UserId);
        Add("m.username = @m_username", "m_username", filter.Username);
        Add("m.model = @m_model", "m_model", filter.Model);
        Add("m.visibility = @m_visibility", "m_visibility", filter.Visibility);
        Add("m.timestamp >= @m_from", "m_from", filter.From);
        Add("m.timestamp < @m_to", "m_to", filter.To);
        Add("m.role = @m_role", "m_role", filter.Role);
        Add("m.app_source = @m_source", "m_source", filter.Source);
        Add("m.session_id = @m_conversation_id", "m_conversation_id", filter.ConversationId);
        Add("m.event_id = @m_event_id", "m_event_id", filter.EventId);
        if (filter.Q is not null)
        {
            // A conversation or an event has so few messages that looking at each is quicker than asking the index for all of them.
            clauses.Add(filter.ConversationId is null && filter.EventId is null
                ? SearchSql.Clause(filter.Q, "m.id", "m.content", "m_q", add, filter.From ?? from, filter.To ?? to)
                : SearchSql.Scan(filter.Q, "m.content", "m_q", add));
        }

        if (filter.Archived is { } archived)
            clauses.Add(archived ? "m.is_archived <> 0" : "m.is_archived = 0");
        if (filter.HasError is { } hasError)
            clauses.Add(hasError ? "m.event_status = 'error'" : "m.event_status IS NOT 'error'");
        if (filter.Starred is { } starred)
            clauses.Add($"m.session_id {(starred ? "" : "NOT ")}IN (SELECT a.conversation_id FROM conversation_annotations a WHERE a.is_starred <> 0)");
        clauses.AddRange(filter.Rules.Select((rule, i) => rule.Clause(ColumnOf(rule.Dimension), $"m_rule{i}", add)));
        if (filter.Slot is { } slot)
            clauses.Add(slot.Clause("m.timestamp", filter.From ?? from, filter.To ?? to));
        return clauses;

        void Add(string clause, string name, object? value)
        {
            if (value is null)
                return;
            add(name, value);
            clauses.Add(clause);
        }
    }

    private static string ColumnOf(string dimension) => dimension switch
    {
        "model" => "m.model",
        "platform" => "m.platform",
        "user_id" => "m.user_id",
        "role" => "m.role",
        _ => "m.app_source",
    };
}
