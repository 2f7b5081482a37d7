namespace Duyetbot.Dashboard.Shared;

/// <summary>Which steps count under a filter of messages, as SQL; usage by agent and the list of traces share it.</summary>
/// <remarks>A step counts with its event. The model is the step's own; an hour of the week is that of the event; everything else must hold for a message of the event. Where nothing but archived messages is left out, steps of events without any message count too.</remarks>
public static class StepWhere
{
    /// <summary>The conditions on a step of analytics_agent_steps_view, called <c>s</c>.</summary>
    public static IEnumerable<string> OfStep(MessageFilter filter, Action<string, object?> add)
    {
        if (filter.Model is not null)
        {
            add("s_model", filter.Model);
            yield return "s.model = @s_model";
        }

        foreach (var (rule, i) in filter.Rules.Where(IsOfModel).Select((r, i) => (r, i)))
            yield return rule.Clause("s.model", $"s_rule{i}", add);
    }

    /// <summary>The conditions on an event.</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="eventId">The column with the event's id.</param>
    /// <param name="time">The column with the event's time.</param>
    /// <param name="add">Receives each parameter's name and value.</param>
    /// <param name="from">Where the rows begin in Unix ms.</param>
    /// <param name="to">Where they end.</param>
    public static IEnumerable<string> OfEvent(MessageFilter filter, string eventId, string time, Action<string, object?> add, long? from, long? to)
    {
        var messages = filter with { Model = null, Rules = new(filter.Rules.Where(r => !IsOfModel(r))), Slot = null, From = null, To = null };
        var clauses = MessageWhere.Clauses(messages, add);
        var passes = $"EXISTS (SELECT 1 FROM analytics_messages_view m WHERE m.event_id = {eventId}{string.Concat(clauses.Select(c => " AND " + c))})";
        yield return messages.IsOpen ? $"({passes} OR NOT EXISTS (SELECT 1 FROM chat_messages o WHERE o.event_id = {eventId}))" : passes;
        if (filter.Slot is { } slot)
            yield return slot.Clause(time, from, to);
    }

    private static bool IsOfModel(KeyRule rule) => rule.Dimension == "model";
}
