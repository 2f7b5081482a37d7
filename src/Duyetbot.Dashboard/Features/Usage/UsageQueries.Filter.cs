using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Usage;

public sealed partial class UsageQueries
{
    /// <summary>The filter as fixed clauses on the alias <c>m</c> of analytics_messages_view; values travel as parameters of the filter's own names.</summary>
    private static class FilterSql
    {
        /// <summary>The clauses, each beginning with AND.</summary>
        public static string Clauses(ConversationFilter filter) => string.Concat(All(filter).Select(c => "\n  AND " + c));

        /// <summary>The parameters that the clauses name.</summary>
        public static Dictionary<string, object?> Parameters(ConversationFilter filter) => new()
        {
            ["platform"] = filter.Platform,
            ["user_id"] = filter.UserId,
            ["username"] = filter.Username,
            ["model"] = filter.Model,
            ["visibility"] = filter.Visibility,
            ["q"] = filter.Q is null ? null : Like.Contains(filter.Q),
        };

        private static IEnumerable<string> All(ConversationFilter filter)
        {
            if (filter.Platform is not null) yield return "m.platform = @platform";
            if (filter.UserId is not null) yield return "m.user_id = @user_id";
            if (filter.Username is not null) yield return "m.username = @username";
            if (filter.Model is not null) yield return "m.model = @model";
            if (filter.Visibility is not null) yield return "m.visibility = @visibility";
            if (filter.Archived is { } archived) yield return archived ? "m.is_archived <> 0" : "m.is_archived = 0";
            if (filter.Starred is { } starred) yield return $"{(starred ? "" : "NOT ")}EXISTS (SELECT 1 FROM conversation_annotations a WHERE a.conversation_id = m.session_id AND a.is_starred <> 0)";
            if (filter.HasError is { } error) yield return error ? "m.event_status = 'error'" : "m.event_status IS NOT 'error'";
            if (filter.Q is not null) yield return @"m.content LIKE @q ESCAPE '\'";
        }
    }
}
