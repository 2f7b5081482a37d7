using System.Globalization;
using System.Text.Json;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>The HTTP API of prices.</summary>
internal static class PricingApi
{
    public static async Task<Page<PriceConfigRow>> ListAsync(HttpRequest request, PriceQueries queries, CancellationToken token)
    {
        var reader = new QueryReader(request.Query);
        var (model, provider) = (reader.Text("model"), reader.Text("provider"));
        var limit = (int)(reader.Whole("limit", 1, 500) ?? 50);
        var cursor = reader.Text("cursor");
        reader.RejectUnknown();
        return await queries.ListAsync(model, provider, limit, cursor, token);
    }

    public static IResult ListCsv(HttpRequest request, PriceQueries queries, CancellationToken token)
    {
        var reader = new QueryReader(request.Query);
        var (model, provider) = (reader.Text("model"), reader.Text("provider"));
        reader.RejectUnknown();
        return Csv.Download("pricing.csv", queries.StreamAsync(model, provider, token));
    }

    public static async Task<PriceConfigRow> GetAsync(string id, HttpRequest request, PriceQueries queries, CancellationToken token)
    {
        new QueryReader(request.Query).RejectUnknown();
        return await queries.FindAsync(Id(id), token) ?? throw Missing(id);
    }

    public static async Task<IResult> AddAsync(HttpRequest request, PriceStore store, CancellationToken token)
    {
        var price = await ReadAsync(request, token);
        if (price.Id is not null)
            throw new InvalidParameterException("id", "names a row; PUT it to that row's own address.");
        var row = await store.AddAsync(price, "api", null, token);
        return Results.Created($"/api/v1/pricing/{row.Id.ToString(CultureInfo.InvariantCulture)}", row);
    }

    public static async Task<PriceConfigRow> ReplaceAsync(string id, HttpRequest request, PriceStore store, CancellationToken token)
    {
        var number = Id(id);
        var price = await ReadAsync(request, token);
        if (price.Id is { } named && named != number)
            throw new InvalidParameterException("id", $"is {named} in the body and {number} in the address.");
        return await store.ReplaceAsync(number, price, token) ?? throw Missing(id);
    }

    public static async Task<IResult> DeleteAsync(string id, HttpRequest request, PriceStore store, CancellationToken token)
    {
        new QueryReader(request.Query).RejectUnknown();
        return await store.DeleteAsync(Id(id), token) ? Results.NoContent() : throw Missing(id);
    }

    // Read here instead of by the framework, so that a member of the wrong type is named.
    private static async Task<PriceInput> ReadAsync(HttpRequest request, CancellationToken token)
    {
        new QueryReader(request.Query).RejectUnknown();
        if (!request.HasJsonContentType())
            throw new BadHttpRequestException("The body must be JSON, with the content type application/json.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await JsonSerializer.DeserializeAsync<PriceInput>(request.Body, ApiJson.Options, token) ?? throw new InvalidParameterException("body", "is null.");
        }
        catch (JsonException e)
        {
            var member = e.Path?.TrimStart('$', '.');
            throw string.IsNullOrEmpty(member) ? new InvalidParameterException("body", "is no JSON object of a price.") : new InvalidParameterException(member, "has a value of the wrong type.");
        }
    }

    private static long Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new InvalidParameterException("id", $"\"{text}\" is no whole number.");

    private static NotFoundException Missing(string id) => new($"No price has the id {id}.");
}
