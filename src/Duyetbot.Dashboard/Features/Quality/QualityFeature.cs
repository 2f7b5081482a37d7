using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Quality;

/// <summary>What the Quality feature registers.</summary>
public static class QualityFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddQuality(this IServiceCollection services) => services.AddSingleton<ChainQueries>().AddSingleton<QualityQueries>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapQuality(this IEndpointRouteBuilder api)
    {
        ApiParameter[] words =
        [
            ApiParameter.OneOf("kind", "The rows of this finding, instead of all findings.", [.. QualityKinds.All.Select(k => k.Kind)]),
            ApiParameter.OneOf("range", "A range that ends now, instead of from and to.", TimeRange.Presets, TimeRange.DefaultPreset),
            .. ApiParameters.Range("the row's own time"),
            ApiParameters.Zone,
        ];
        api.MapGet("/quality", QualityApi.GetAsync).Describe(ApiOperation.List<QualityFinding>("Findings about the data's quality; with kind the rows of one, in pages", words));
        api.MapGet("/quality.csv", QualityApi.GetCsvAsync).Describe(ApiOperation.Csv("A line per finding; with kind a line per row of it", words));
    }
}
