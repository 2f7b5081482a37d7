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
        api.MapGet("/pricing", PricingApi.ListAsync);
        api.MapGet("/pricing.csv", PricingApi.ListCsv);
        api.MapPut("/pricing", PricingApi.AddAsync);
        api.MapGet("/pricing/{id}", PricingApi.GetAsync);
        api.MapPut("/pricing/{id}", PricingApi.ReplaceAsync);
        api.MapDelete("/pricing/{id}", PricingApi.DeleteAsync);
    }
}
