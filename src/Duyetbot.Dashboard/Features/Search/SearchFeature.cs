using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Search;

/// <summary>The search field of the top bar and the command palette: an id or an address opens the thing itself, words search.</summary>
public static class SearchFeature
{
    private const int MaxLength = 4_000;

    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<IdQueries>();

    /// <summary>Maps <c>/go?q=</c>, which answers with a redirect and so works without a circuit, and <c>/go/matches?q=</c>, which the palette asks.</summary>
    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        app.MapGet(Urls.Go, async (string? q, HttpRequest request, IdQueries ids, CancellationToken token) =>
        {
            var text = q?.Trim();
            if (string.IsNullOrEmpty(text))
                return Results.Redirect(Urls.Conversations);
            var address = OwnUrl.FindAddress(text, request.Host.Value ?? "") ?? await ids.FindAddressAsync(text, token);
            return Results.LocalRedirect(address ?? Urls.With(Urls.Conversations, [new("q", text), new("range", "all")]));
        });
        app.MapGet(Urls.Go + "/matches", async (string? q, HttpRequest request, IdQueries ids, CancellationToken token) =>
        {
            var text = q?.Trim();
            if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
                return [];
            return OwnUrl.FindAddress(text, request.Host.Value ?? "") is { } address
                ? [new IdMatch("page", address, address)]
                : await ids.ListMatchesAsync(text, token);
        });
    }
}
