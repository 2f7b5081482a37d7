using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>What the Users feature registers: the list and one page each.</summary>
public static class UsersFeature
{
    /// <summary>The sums per user, conversation and hour; they follow the conversations' figures.</summary>
    public static readonly Rollup Hours = new(
        "user_hours",
        "analytics_user_hourly_view",
        "conversation_id",
        "user_hours_dirty",
        ["conversation_id", "user_id", "username", "platform", "is_archived", "period_start", "message_count", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens", "total_tokens", "estimated_cost_usd", "unpriced_tokens", "first_message_at", "last_message_at"],
        Rollup.Conversations)
    {
        Unread = ["estimated_cost_usd", "unpriced_tokens"],
    };

    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddUsers(this IServiceCollection services) => services
        .AddSingleton(Hours)
        .AddSingleton<UserQueries>()
        .AddSingleton<UserActivityQueries>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users", UsersApi.ListAsync);
        api.MapGet("/users.csv", UsersApi.ListCsv);
        api.MapGet("/users/{user_id}", UsersApi.GetAsync);
    }
}
