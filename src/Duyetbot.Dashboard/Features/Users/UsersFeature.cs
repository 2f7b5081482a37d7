using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared.Api;

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
        ApiParameter[] one = [new("platform", "The message's platform exactly."), ApiParameters.ArchivedMessages, .. ApiParameters.Range("the message's own time")];
        ApiParameter[] list = [.. one, new("user_id", "The user's id exactly."), new("q", "A part of the user's id or of any name; ASCII letters match in either case."), ApiParameter.Sort("total_tokens", UserSort.Columns)];
        api.MapGet("/users", UsersApi.ListAsync).Describe(ApiOperation.List<UserRow>("Users with their figures", list));
        api.MapGet("/users.csv", UsersApi.ListCsv).Describe(ApiOperation.Csv("Every user of the filter", list));
        api.MapGet("/users/{user_id}", UsersApi.GetAsync).Describe(ApiOperation.Get<UserDetail>("A user with figures and models", one));
    }
}
