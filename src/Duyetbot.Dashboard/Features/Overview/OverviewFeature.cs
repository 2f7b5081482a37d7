using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Api;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Overview;

/// <summary>What the Overview feature registers.</summary>
public static class OverviewFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services) => services.AddSingleton<OverviewQueries>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapOverview(this IEndpointRouteBuilder api) => api.MapGet("/overview", GetAsync)
        .Describe(ApiOperation.Get<OverviewAnswer>("The figures of the overview page, each with the range before", ApiParameters.FigureRange));

    private static async Task<OverviewAnswer> GetAsync(HttpRequest request, OverviewQueries queries, DashboardOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query);
        var range = FigureRange.Read(reader, reader.Zone("timezone") ?? options.TimeZone, time.GetInstant());
        reader.RejectUnknown();
        var messages = queries.GetFiguresAsync(range, Granularity.Month, compare: true, cancellationToken);
        var events = queries.GetEventsAsync(range, Granularity.Month, compare: true, cancellationToken);
        return OverviewAnswer.Of(range, await messages, await events, await queries.FindBuildingAsync(cancellationToken));
    }
}
