using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>What the pricing page shows, as its URL says; the names of the parameters are those of the properties.</summary>
public sealed record PricingState
{
    /// <summary>The form for a new price is open, for this model.</summary>
    public string? Model { get; init; }

    /// <summary>The price that is open, by its id.</summary>
    public long? Price { get; init; }

    /// <summary>new for an empty form, list for the built-in list; null for neither.</summary>
    public string? Pane { get; init; }

    /// <summary>Another model, or null.</summary>
    public WhatIf? WhatIf { get; init; }

    /// <summary>True where something is open beside the prices.</summary>
    public bool HasPane => Model is not null || Price is not null || Pane is not null;

    /// <summary>Reads the page's own parameters.</summary>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static PricingState Read(QueryReader reader)
    {
        var (of, instead) = (reader.Text("of"), reader.Text("instead"));
        return new PricingState
        {
            Model = reader.Text("model"),
            Price = reader.Whole("price", 0, long.MaxValue),
            Pane = reader.OneOf("pane", "new", "list"),
            WhatIf = instead is null ? null : new WhatIf(of, instead),
        };
    }

    /// <summary>The same address with something else open beside the prices, or nothing.</summary>
    public static string Open(string address, string? model = null, long? price = null, string? pane = null) => Urls.Change(
        address, ("model", model), ("price", price?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("pane", pane));
}
