using Dapper;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>The prices in force within one read transaction, by the rule of analytics_messages_view: the exact name first, then the longest of the name without tag and date suffix, without provider prefix, without all of them; of several of one name the one that began last.</summary>
/// <remarks>A sum of alike rows costs what its rows cost together, because each row's tokens are capped before they are summed.</remarks>
internal sealed class FigurePrices
{
    private const string CandidatesSql = """
        SELECT x.model = @model AS is_exact, x.id, CAST(x.input_price AS REAL) AS input_price, CAST(x.cached_price AS REAL) AS cached_price,
          CAST(x.output_price AS REAL) AS output_price, CAST(x.reasoning_price AS REAL) AS reasoning_price, x.cached_in_input <> 0 AS cached_in_input,
          x.effective_from, CASE WHEN typeof(x.effective_to) IN ('integer', 'real') THEN x.effective_to END AS effective_to
        FROM analytics_prices_view x
        CROSS JOIN (
          SELECT c.base, substr(@model, 1, length(@model) - length(c.base)) AS prefix,
            CASE
              WHEN c.name GLOB '*-[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 11)
              WHEN c.name GLOB '*[-@]20[0-9][0-9][01][0-9][0-3][0-9]' THEN substr(c.name, 1, length(c.name) - 9)
              ELSE c.name END AS bare
          FROM (SELECT b.base, CASE WHEN instr(b.base, ':') > 1 THEN substr(b.base, 1, instr(b.base, ':') - 1) ELSE b.base END AS name
                FROM (SELECT replace(@model, rtrim(@model, replace(@model, '/', '')), '') AS base) b) c) n
        WHERE x.model IN (@model, n.prefix || n.bare, n.base, n.bare) AND typeof(x.effective_from) IN ('integer', 'real')
        ORDER BY is_exact DESC, length(x.model) DESC, x.effective_from DESC, x.id
        """;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, ModelPrices> _models = new(StringComparer.Ordinal);

    public FigurePrices(SqliteConnection connection)
    {
        _connection = connection;
        Edges = [.. connection.Query<long>(
            """
            SELECT effective_from FROM analytics_cost_config WHERE typeof(effective_from) IN ('integer', 'real')
            UNION SELECT effective_to FROM analytics_cost_config WHERE typeof(effective_to) IN ('integer', 'real')
            ORDER BY 1
            """)];
    }

    /// <summary>Every moment at which some price begins or ends, in Unix ms, in order.</summary>
    public long[] Edges { get; }

    /// <summary>True where one price of each model holds from a moment to another, the latter excluded.</summary>
    public bool IsSteady(long from, long to)
    {
        var at = Array.BinarySearch(Edges, from + 1);
        at = at >= 0 ? at : ~at;
        return at == Edges.Length || Edges[at] >= to;
    }

    /// <summary>The prices of a model; of none where there is none.</summary>
    public ModelPrices Of(string? model)
    {
        if (model is null)
            return ModelPrices.None;
        if (!_models.TryGetValue(model, out var prices))
            _models[model] = prices = new ModelPrices(_connection.Query<ModelPrice>(CandidatesSql, new { model }).AsList());
        return prices;
    }
}

/// <summary>The prices that may hold for a model, the better match first.</summary>
internal sealed class ModelPrices(IReadOnlyList<ModelPrice> candidates)
{
    public static readonly ModelPrices None = new([]);

    /// <summary>The sum with its cost at a moment's price.</summary>
    public FigureAmounts Price(in FigureAmounts sum, long at) => At(at) is { } price
        ? sum with { Cost = price.Usd(sum) }
        : sum with { Unpriced = sum.Input + sum.Output };

    /// <summary>The price that holds at a moment; null where none does.</summary>
    public ModelPrice? At(long at)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].EffectiveFrom <= at && (candidates[i].EffectiveTo is not { } end || at < end))
                return candidates[i];
        }

        return null;
    }
}

/// <summary>A price in USD per 1,000 tokens, from a moment (included) to another (excluded) in Unix ms.</summary>
internal sealed record ModelPrice
{
    /// <summary>id of analytics_cost_config.</summary>
    public long Id { get; init; }

    public bool CachedInInput { get; init; }

    public double InputPrice { get; init; }

    public double CachedPrice { get; init; }

    public double OutputPrice { get; init; }

    public double ReasoningPrice { get; init; }

    public long EffectiveFrom { get; init; }

    public long? EffectiveTo { get; init; }

    /// <summary>What a sum costs (DATA.md 5).</summary>
    public double Usd(in FigureAmounts sum) =>
        ((sum.Input - (CachedInInput ? sum.Cached : 0)) * InputPrice
        + (CachedInInput ? sum.Cached : sum.RecordedCached) * CachedPrice
        + (sum.Output - sum.Reasoning) * OutputPrice
        + sum.Reasoning * ReasoningPrice) / 1000;
}
