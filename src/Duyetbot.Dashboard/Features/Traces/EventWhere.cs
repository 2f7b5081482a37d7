using Dapper;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The filter as SQL over observability_events (alias oe): fixed clauses, so that an index serves each; values only as parameters.</summary>
internal static class EventWhere
{
    private const long NoEnd = long.MaxValue;
    private const long LongestMs = 1_000_000_000_000;

    /// <summary>The clauses joined by AND; "1" where there is none. Adds its values to the parameters.</summary>
    public static string Build(EventFilter filter, DynamicParameters parameters)
    {
        var clauses = new List<string>();
        void Add(string name, object? value, string clause)
        {
            if (value is null)
                return;
            clauses.Add(clause);
            parameters.Add(name, value);
        }

        if (filter.Status == EventFilter.Running)
            clauses.Add("oe.status IN ('processing', 'pending')");
        else
            Add("status", filter.Status, "oe.status = @status");
        Add("appSource", filter.AppSource, "oe.app_source = @appSource");
        Add("eventType", filter.EventType, "oe.event_type = @eventType");
        Add("category", filter.Category, "oe.classification_category = @category");
        Add("complexity", filter.Complexity, "oe.classification_complexity = @complexity");
        Add("type", filter.Type, "oe.classification_type = @type");
        Add("userId", filter.UserId, "oe.user_id = @userId");
        Add("repo", filter.Repo, "oe.repo = @repo");
        Add("model", filter.Model, "oe.model = @model");
        if (filter.From is not null || filter.To is not null)
        {
            // Both ends always: a time that is text is greater than every number, and lies in no range.
            clauses.Add("oe.triggered_at >= @from AND oe.triggered_at < @to");
            parameters.Add("from", filter.From ?? long.MinValue);
            parameters.Add("to", filter.To ?? NoEnd);
        }

        if (filter.MinDurationMs is not null || filter.MaxDurationMs is not null)
        {
            clauses.Add("oe.duration_ms BETWEEN @minDuration AND @maxDuration");
            parameters.Add("minDuration", filter.MinDurationMs ?? 0);
            parameters.Add("maxDuration", Math.Min(filter.MaxDurationMs ?? LongestMs, LongestMs));
        }

        // The name may be escaped in the JSON; so text with an escape is always looked at.
        Add("agent", filter.Agent, """
            oe.agents IS NOT NULL AND (instr(oe.agents, @agent) > 0 OR instr(oe.agents, '\') > 0)
              AND EXISTS (SELECT 1 FROM analytics_agent_steps_view s WHERE s.event_id = oe.event_id AND s.agent_name = @agent)
            """);
        if (filter.Messages is { } messages)
            clauses.AddRange(StepWhere.OfEvent(messages, "oe.event_id", "oe.triggered_at", (name, value) => parameters.Add(name, value), filter.From, filter.To));
        if (filter.Rules.Count > 0 || filter.Messages is not null)
            clauses.Add($"EXISTS (SELECT 1 FROM analytics_agent_steps_view s WHERE s.event_id = oe.event_id AND {Steps(filter, parameters)})");
        if (filter.Text is { } text)
        {
            clauses.Add(@"(oe.input_text LIKE @q ESCAPE '\' OR oe.response_text LIKE @q ESCAPE '\' OR oe.error_message LIKE @q ESCAPE '\')");
            parameters.Add("q", Like.Contains(text));
        }

        return clauses.Count == 0 ? "1" : string.Join(" AND ", clauses);
    }

    /// <summary>The clauses on the steps (alias s) that the filter counts, joined by AND; "1" for all. Adds its values to the parameters.</summary>
    public static string Steps(EventFilter filter, DynamicParameters parameters)
    {
        var clauses = new List<string>();
        if (filter.Agent is not null)
        {
            clauses.Add("s.agent_name = @agent");
            parameters.Add("agent", filter.Agent);
        }

        clauses.AddRange(filter.Rules.Select((rule, i) => rule.Clause("s.agent_name", $"agentRule{i}", (name, value) => parameters.Add(name, value))));
        if (filter.Messages is not null)
            clauses.AddRange(StepWhere.OfStep(filter.Messages, (name, value) => parameters.Add(name, value)));
        return clauses.Count == 0 ? "1" : string.Join(" AND ", clauses);
    }
}
