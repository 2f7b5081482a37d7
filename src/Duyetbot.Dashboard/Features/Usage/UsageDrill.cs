using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>Which keys of a grouping a figure counts.</summary>
/// <param name="Named">The keys; null among them is "none". Empty for all keys.</param>
/// <param name="IsRest">True where the named ones are left out instead: "other".</param>
public sealed record UsageKeys(IReadOnlyList<string?> Named, bool IsRest)
{
    /// <summary>Whatever the key.</summary>
    public static readonly UsageKeys All = new([], true);

    /// <summary>One key; null for the rows that have none.</summary>
    public static UsageKeys One(string? key) => new([key], false);
}

/// <summary>The addresses of the rows behind figures: messages, or, where steps are counted, the traces that hold them.</summary>
/// <remarks>Range, zone and filter are the figure's own, to the millisecond; the address also says what the figure said, so that the list can compare.</remarks>
/// <param name="Filter">The filter of the report.</param>
/// <param name="Group">What is grouped by.</param>
/// <param name="Range">The report's range.</param>
public sealed record UsageDrill(MessageFilter Filter, UsageGroup Group, FigureRange Range)
{
    // A longer key does not fit into an address.
    private const int LongestKey = 900;

    /// <summary>The rows that a report's figures count.</summary>
    public static UsageDrill Of(UsageReport report) => new(report.Question.Filter, report.Question.GroupBy, report.Question.Range);

    /// <summary>The parameter that filters by a key of the group; null where there is none.</summary>
    public static string? DimensionOf(UsageGroup group) => group switch
    {
        UsageGroup.Model => "model",
        UsageGroup.Platform => "platform",
        UsageGroup.User => "user_id",
        UsageGroup.Role => "role",
        UsageGroup.Source => "source",
        UsageGroup.Agent => "agent",
        _ => null,
    };

    /// <summary>The address of the rows behind a figure; null where a key is too long for an address.</summary>
    /// <param name="keys">Which keys it counts.</param>
    /// <param name="metric">What it says of them: one of <see cref="FigureClaim.Metrics"/>.</param>
    /// <param name="sum">The sum that it says it of.</param>
    /// <param name="period">A part of the range; null for all of it.</param>
    /// <param name="slot">An hour of the week, or null.</param>
    public string? Href(UsageKeys keys, string metric, FigureSum sum, Period? period = null, HourSlot? slot = null) =>
        Href(keys, FigureClaim.From(metric, sum), period, slot);

    /// <summary>The address of the rows behind a figure whose value is known.</summary>
    public string? Href(UsageKeys keys, FigureClaim claim, Period? period = null, HourSlot? slot = null)
    {
        if (keys.Named.Any(k => k?.Length > LongestKey))
            return null;
        var filter = slot is null ? Filter : Filter with { Slot = slot };
        var (from, to) = period is { } part ? (part.Start, part.End) : (Range.From, Range.To);
        return Group == UsageGroup.Agent
            ? FigureRows.Traces(AgentQuery(keys), filter, from, to, Range.Zone, claim)
            : FigureRows.Messages(Narrowed(filter, keys), from, to, Range.Zone, claim);
    }

    private MessageFilter Narrowed(MessageFilter filter, UsageKeys keys) => DimensionOf(Group) is not { } dimension ? filter
        : keys.IsRest ? filter.Except(dimension, keys.Named)
        : filter.Only(dimension, keys.Named[0]);

    private static IEnumerable<KeyValuePair<string, string?>> AgentQuery(UsageKeys keys) => (keys.IsRest, keys.Named) switch
    {
        (true, var left) => left.Select(k => new KeyRule("agent", k is null ? KeyRuleKind.Any : KeyRuleKind.Not, k).ToQuery()),
        (_, [null]) => [new KeyRule("agent", KeyRuleKind.None).ToQuery()],
        (_, [""]) => [new KeyRule("agent", KeyRuleKind.Blank).ToQuery()],
        (_, var one) => [new("agent", one[0])],
    };
}
