using Dapper;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>The prices in force within one read transaction, by the rule of analytics_messages_view: the exact name first, then the longest of the shortened ones; of several the one that began last.</summary>
/// <remarks>A sum of alike rows costs what its rows cost together, because each row's tokens are capped before they are summed.</remarks>
internal sealed class PriceBook
{
    private const string CandidatesSql = """
        SELECT x.id, CAST(x.input_price AS REAL) AS input_price, CAST(x.cached_price AS REAL) AS cached_price,
          CAST(x.output_price AS REAL) AS output_price, CAST(x.reasoning_price AS REAL) AS reasoning_price, x.cached_in_input <> 0 AS cached_in_input,
          x.effective_from, CASE WHEN typeof(x.effective_to) IN ('integer', 'real') THEN x.effective_to END AS effective_to
        FROM analytics_prices_view x
        WHERE typeof(x.effective_from) IN ('integer', 'real') AND x.model IN @names
        ORDER BY x.model = @model DESC, length(x.model) DESC, x.effective_from DESC, x.id
        """;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, ModelPrices> _models = new(StringComparer.Ordinal);

    public PriceBook(SqliteConnection connection)
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
            _models[model] = prices = new ModelPrices(_connection.Query<ModelPrice>(CandidatesSql, new { model, names = ModelNames.Shortened(model).Append(model) }).AsList());
        return prices;
    }
}

/// <summary>The prices that may hold for a model, the better match first.</summary>
internal sealed class ModelPrices(IReadOnlyList<ModelPrice> candidates)
{
    public static readonly ModelPrices None = new([]);

    /// <summary>The sum with its cost at a moment's price.</summary>
    public FigureAmounts Price(in FigureAmounts sum, long at)
    {
        if (Find(at) is not { } price)
            return sum with { Unpriced = sum.Input + sum.Output };
        var cost = (sum.Input - (price.CachedInInput ? sum.Cached : 0)) * price.InputPrice
            + (price.CachedInInput ? sum.Cached : sum.RecordedCached) * price.CachedPrice
            + (sum.Output - sum.Reasoning) * price.OutputPrice
            + sum.Reasoning * price.ReasoningPrice;
        return sum with { Cost = cost / 1000 };
    }

    private ModelPrice? Find(long at)
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
    public bool CachedInInput { get; init; }

    public double InputPrice { get; init; }

    public double CachedPrice { get; init; }

    public double OutputPrice { get; init; }

    public double ReasoningPrice { get; init; }

    public long EffectiveFrom { get; init; }

    public long? EffectiveTo { get; init; }
}
