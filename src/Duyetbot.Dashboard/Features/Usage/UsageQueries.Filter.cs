using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Usage;

public sealed partial class UsageQueries
{
    /// <summary>The filter as the fixed clauses that every list of messages uses too.</summary>
    private static class FilterSql
    {
        /// <summary>The conditions on a message, each beginning with AND, for rows of a range; adds their parameters.</summary>
        public static string OfMessages(MessageFilter filter, Dictionary<string, object?> parameters, long from, long to) =>
            Joined(MessageWhere.Clauses(filter with { From = null, To = null }, parameters.Add, from, to));

        /// <summary>The conditions on a step, each beginning with AND, for events of a range; adds their parameters.</summary>
        public static string OfSteps(MessageFilter filter, Dictionary<string, object?> parameters, long from, long to) =>
            Joined(StepWhere.OfStep(filter, parameters.Add).Concat(StepWhere.OfEvent(filter, "s.event_id", "s.event_triggered_at", parameters.Add, from, to)));

        private static string Joined(IEnumerable<string> clauses) => string.Concat(clauses.Select(c => "\n  AND " + c));
    }
}
