using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>Writes prices. What has to be true of them is checked in the transaction that writes them.</summary>
public sealed class PriceStore(Database database, TimeProvider time)
{
    /// <summary>Adds a price and returns its row.</summary>
    /// <param name="price">The price; checked here.</param>
    /// <param name="by">Who or what added it, for the row's created_by.</param>
    /// <param name="endFirst">A price that ends where the new one begins, in the same transaction; null for none.</param>
    /// <param name="cancellationToken">Gives up; nothing is written.</param>
    /// <exception cref="InvalidParameterException">The price is wrong or overlaps another one of its model.</exception>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task<PriceConfigRow> AddAsync(PriceInput price, string by, long? endFirst, CancellationToken cancellationToken)
    {
        var added = price.Checked();
        return database.WriteAsync(
            c =>
            {
                if (endFirst is not null)
                    End(c, endFirst.Value, added);
                return Insert(c, added, by);
            },
            cancellationToken);
    }

    /// <summary>Replaces a price and returns its row; null where there is none of that id.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public Task<PriceConfigRow?> ReplaceAsync(long id, PriceInput price, CancellationToken cancellationToken)
    {
        var changed = price.Checked();
        return database.WriteAsync(
            c =>
            {
                if (PriceQueries.Find(c, id) is null)
                    return null;
                RefuseOverlap(c, changed, id);
                const string sql = """
                    UPDATE analytics_cost_config SET model = @Model, provider = @Provider, input_cost_per_1k = @InputCostPer1k, output_cost_per_1k = @OutputCostPer1k,
                      cached_cost_per_1k = COALESCE(@CachedCostPer1k, 0), reasoning_cost_per_1k = COALESCE(@ReasoningCostPer1k, 0),
                      effective_from = @EffectiveFrom, effective_to = @EffectiveTo, notes = @Notes, cached_in_input = COALESCE(@CachedInInput, 1)
                    WHERE id = @id
                    """;
                var values = new DynamicParameters(Values(changed));
                values.Add("id", id);
                c.Execute(sql, values);
                return PriceQueries.Find(c, id);
            },
            cancellationToken);
    }

    /// <summary>Takes a price away; false where there is none of that id.</summary>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync(c => c.Execute("DELETE FROM analytics_cost_config WHERE id = @id", new { id }) > 0, cancellationToken);

    /// <summary>Adds those prices of a list whose models have no price yet, all or none, and returns how many.</summary>
    /// <exception cref="InvalidParameterException">A price is wrong.</exception>
    /// <exception cref="DatabaseBusyException">Another process is writing.</exception>
    public Task<int> AddMissingAsync(IReadOnlyList<PriceInput> prices, string by, CancellationToken cancellationToken)
    {
        var added = prices.Select(p => p.Checked()).ToList();
        return database.WriteAsync(c => added.Where(p => PriceQueries.OfModel(c, p.Model).Count == 0).ToList().ConvertAll(p => Insert(c, p, by)).Count, cancellationToken);
    }

    private static void RefuseOverlap(SqliteConnection connection, PriceInput price, long? except)
    {
        if (PriceRanges.FindOverlap(PriceQueries.OfModel(connection, price.Model), price, except) is { } other)
            throw PriceRanges.Refusal(other);
    }

    private static void End(SqliteConnection connection, long id, PriceInput successor)
    {
        if (PriceQueries.Find(connection, id) is { } row && row.Model == successor.Model && PriceRanges.CanEndFor(row, successor))
            connection.Execute("UPDATE analytics_cost_config SET effective_to = @EffectiveFrom WHERE id = @id", new { successor.EffectiveFrom, id });
    }

    private static object Values(PriceInput price) => new
    {
        price.Model,
        price.Provider,
        price.InputCostPer1k,
        price.OutputCostPer1k,
        price.CachedCostPer1k,
        price.ReasoningCostPer1k,
        price.EffectiveFrom,
        price.EffectiveTo,
        price.Notes,
        CachedInInput = price.CachedInInput is { } inside ? (inside ? 1 : 0) : (int?)null,
    };

    private PriceConfigRow Insert(SqliteConnection connection, PriceInput price, string by)
    {
        RefuseOverlap(connection, price, null);
        const string sql = """
            INSERT INTO analytics_cost_config(model, provider, input_cost_per_1k, output_cost_per_1k, cached_cost_per_1k, reasoning_cost_per_1k, effective_from, effective_to, notes, cached_in_input, created_at, created_by)
            VALUES (@Model, @Provider, @InputCostPer1k, @OutputCostPer1k, COALESCE(@CachedCostPer1k, 0), COALESCE(@ReasoningCostPer1k, 0), @EffectiveFrom, @EffectiveTo, @Notes, COALESCE(@CachedInInput, 1), @now, @by)
            RETURNING id
            """;
        var values = new DynamicParameters(Values(price));
        values.Add("now", time.GetUtcNow().ToUnixTimeMilliseconds());
        values.Add("by", by);
        return PriceQueries.Find(connection, connection.ExecuteScalar<long>(sql, values))!;
    }
}
