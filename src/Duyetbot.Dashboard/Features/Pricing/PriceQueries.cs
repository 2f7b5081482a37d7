using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>All prices as they are stored and as they are charged, and when the data begins.</summary>
/// <param name="Rows">By model, the newest range first.</param>
/// <param name="Prices">The same rows as analytics_prices_view reads them.</param>
/// <param name="FirstMessageAt">Unix ms of the first message; null without messages.</param>
public sealed record PriceSet(IReadOnlyList<PriceConfigRow> Rows, IReadOnlyList<PriceRow> Prices, long? FirstMessageAt)
{
    /// <summary>The prices, to look up.</summary>
    public PriceLookup Book { get; } = new(Prices);
}

/// <summary>Reads prices, and what was charged by them.</summary>
public sealed class PriceQueries(Database database, ModelUseReader uses)
{
    private const string Columns = """
        id, model, provider, CAST(input_cost_per_1k AS REAL) AS input_cost_per_1k, CAST(output_cost_per_1k AS REAL) AS output_cost_per_1k,
        CAST(COALESCE(cached_cost_per_1k, 0) AS REAL) AS cached_cost_per_1k, CAST(COALESCE(reasoning_cost_per_1k, 0) AS REAL) AS reasoning_cost_per_1k,
        effective_from, effective_to, notes, created_at, created_by, cached_in_input
        """;

    /// <summary>Every price, in one read.</summary>
    public async Task<PriceSet> GetPricesAsync(CancellationToken cancellationToken) => await database.ReadAsync(
        c => new PriceSet(
            [.. c.Query<PriceConfigRow>($"SELECT {Columns} FROM analytics_cost_config ORDER BY model, effective_from DESC, id")],
            [.. c.Query<PriceRow>("SELECT id, model, provider, input_price, cached_price, output_price, reasoning_price, cached_in_input, effective_from, effective_to FROM analytics_prices_view")],
            c.QueryFirstOrDefault<long?>("SELECT timestamp FROM chat_messages WHERE timestamp >= 0 AND typeof(timestamp) = 'integer' ORDER BY timestamp LIMIT 1")),
        cancellationToken);

    /// <summary>One page of the prices in the order of their ids.</summary>
    /// <param name="model">Only of this name; null for all.</param>
    /// <param name="provider">Only of this provider; null for all.</param>
    /// <param name="limit">At most so many rows, 1 to 500.</param>
    /// <param name="cursor">Where the page begins; null for the first.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="InvalidParameterException">The cursor is none.</exception>
    public async Task<Page<PriceConfigRow>> ListAsync(string? model, string? provider, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var after = TypedCursor.Read(cursor, "id")?.Id as long?;
        var sql = $"""
            SELECT {Columns} FROM analytics_cost_config
            WHERE id > @after{(model is null ? "" : " AND model = @model")}{(provider is null ? "" : " AND provider = @provider")}
            ORDER BY id LIMIT @take
            """;
        var rows = await database.ReadAsync(
            c => c.Query<PriceConfigRow>(sql, new { after = after ?? long.MinValue, model, provider, take = limit + 1 }).AsList(),
            cancellationToken);
        return rows.Count <= limit
            ? new Page<PriceConfigRow>(rows, null)
            : new Page<PriceConfigRow>(rows[..limit], TypedCursor.Encode("id", null, rows[limit - 1].Id));
    }

    /// <summary>Every price that the filter leaves, for exports.</summary>
    public async IAsyncEnumerable<PriceConfigRow> StreamAsync(string? model, string? provider, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(model, provider, 500, cursor, cancellationToken);
            foreach (var row in page.Items)
                yield return row;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>One price; null where there is none of that id.</summary>
    public Task<PriceConfigRow?> FindAsync(long id, CancellationToken cancellationToken) => database.ReadAsync(c => Find(c, id), cancellationToken);

    /// <summary>What the messages of a range used, by model and by the price row that charged them; archived ones left out, as on the usage page.</summary>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<ModelUse>> GetMessageUseAsync(long from, long to, CancellationToken cancellationToken) =>
        database.ReadAsync(c => uses.Messages(c, from, to), cancellationToken);

    /// <summary>What the steps of a range used that no price charged, by model; steps of events that are archived throughout left out, as on the usage page.</summary>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<IReadOnlyList<ModelUse>> GetUnpricedStepsAsync(long from, long to, CancellationToken cancellationToken) =>
        database.ReadAsync(c => uses.UnpricedSteps(c, from, to), cancellationToken);

    internal static PriceConfigRow? Find(SqliteConnection connection, long id) =>
        connection.QueryFirstOrDefault<PriceConfigRow>($"SELECT {Columns} FROM analytics_cost_config WHERE id = @id", new { id });

    internal static IReadOnlyList<PriceConfigRow> OfModel(SqliteConnection connection, string? model) =>
        [.. connection.Query<PriceConfigRow>($"SELECT {Columns} FROM analytics_cost_config WHERE model = @model", new { model })];
}
