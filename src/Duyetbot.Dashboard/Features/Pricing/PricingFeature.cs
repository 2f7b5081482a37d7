using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>What the Pricing feature registers: dated prices, and what they make of the same tokens.</summary>
public static class PricingFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddPricing(this IServiceCollection services) => services
        .AddSingleton<PriceQueries>()
        .AddSingleton<PriceStore>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapPricing(this IEndpointRouteBuilder api)
    {
        string[] needed = ["model", "provider", "input_cost_per_1k", "output_cost_per_1k", "effective_from"];
        ApiParameter[] words = [new("model", "The model's name exactly."), new("provider", "The provider's name exactly.")];
        api.MapGet("/pricing", PricingApi.ListAsync).Describe(ApiOperation.List<PriceConfigRow>("Dated prices, USD per 1,000 tokens", words));
        api.MapGet("/pricing.csv", PricingApi.ListCsv).Describe(ApiOperation.Csv("Every price of the filter", words));
        api.MapPut("/pricing", PricingApi.AddAsync).Describe(ApiOperation.Change<PriceConfigRow>("Adds a price", typeof(PriceInput), needed) with { Status = StatusCodes.Status201Created });
        api.MapGet("/pricing/{id}", PricingApi.GetAsync).Describe(ApiOperation.Get<PriceConfigRow>("A price"));
        api.MapPut("/pricing/{id}", PricingApi.ReplaceAsync).Describe(ApiOperation.Change<PriceConfigRow>("Replaces a price", typeof(PriceInput), needed));
        api.MapDelete("/pricing/{id}", PricingApi.DeleteAsync).Describe(new ApiOperation("Deletes a price") { Status = StatusCodes.Status204NoContent });
    }
}
