using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Search;

/// <summary>The search field of the top bar: an id opens the thing itself, words search the conversations.</summary>
public static class SearchFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<IdQueries>();

    /// <summary>Maps <c>/go?q=</c>, which answers with a redirect and so works without a circuit.</summary>
    public static void MapSearch(this IEndpointRouteBuilder app) => app.MapGet(Urls.Go, async (string? q, IdQueries ids, CancellationToken token) =>
    {
        var text = q?.Trim();
        if (string.IsNullOrEmpty(text))
            return Results.Redirect(Urls.Conversations);
        return Results.Redirect(await ids.FindAddressAsync(text, token) ?? Urls.With(Urls.Conversations, [new("q", text), new("range", "all")]));
    });
}
