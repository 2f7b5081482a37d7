using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>What the Usage feature registers.</summary>
public static class UsageFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddUsage(this IServiceCollection services) => services.AddSingleton<UsageQueries>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapUsage(this IEndpointRouteBuilder api)
    {
        ApiParameter[] words =
        [
            .. ApiParameters.FigureRange,
            ApiParameter.OneOf("granularity", "How long a period is.", ["hour", "day", "week", "month"], "day"),
            ApiParameter.OneOf("group_by", "What has a series of its own; by agent steps are counted instead of messages.", UsageGroups.Words, "none"),
            ApiParameter.OneOf("compare", "Also the range before.", ["previous"]),
            .. ApiParameters.MessageWords,
        ];
        api.MapGet("/usage", UsageEndpoints.GetAsync).Describe(ApiOperation.Get<UsageAnswer>("Tokens, cost, messages, conversations and users per period", words));
        api.MapGet("/usage.csv", UsageEndpoints.GetCsvAsync).Describe(ApiOperation.Csv("A line per series and period", words));
    }
}
