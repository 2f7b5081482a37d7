namespace Duyetbot.Dashboard.Shared;

/// <summary>What a figure is, for the popover that explains it.</summary>
/// <param name="Definition">What is counted, in a sentence.</param>
/// <param name="Unit">tokens, USD, messages, …</param>
/// <param name="Source">The view that it is read from.</param>
public sealed record Explanation(string Definition, string Unit, string Source)
{
    /// <summary>The exact figure, where the page shows it short.</summary>
    public string? Exact { get; init; }

    /// <summary>The stretch of time, in words.</summary>
    public string? Range { get; init; }

    /// <summary>The zone of days.</summary>
    public string? Zone { get; init; }

    /// <summary>The moment at which it was read.</summary>
    public string? AsOf { get; init; }

    /// <summary>How many rows it counts.</summary>
    public string? Rows { get; init; }

    /// <summary>Where the rows are, or null.</summary>
    public string? Href { get; init; }

    /// <summary>The parts that are known, with their names.</summary>
    public IEnumerable<(string Name, string Text)> Parts =>
        new (string, string?)[] { ("Exactly", Exact), ("Unit", Unit), ("Range", Range), ("Zone", Zone), ("As of", AsOf), ("Rows", Rows), ("Source", Source) }
            .Where(p => p.Item2 is { Length: > 0 }).Select(p => (p.Item1, p.Item2!));
}
