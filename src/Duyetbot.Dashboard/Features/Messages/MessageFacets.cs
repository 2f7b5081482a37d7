using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>A value of a filter and the messages that it would leave.</summary>
/// <param name="Value">The value; null for messages without one.</param>
/// <param name="Count">Messages.</param>
public sealed record MessageFacet(string? Value, long Count);

/// <summary>Messages that are alike in everything that is counted by.</summary>
public sealed record MessageFacetGroup
{
    public string? Role { get; init; }

    public string? Platform { get; init; }

    public string? Model { get; init; }

    public string? Source { get; init; }

    public bool HasError { get; init; }

    public long Count { get; init; }
}

/// <summary>How many messages each value of a filter would leave, given the other parts of the filter.</summary>
public sealed record MessageFacets
{
    public IReadOnlyList<MessageFacet> Roles { get; private init; } = [];

    public IReadOnlyList<MessageFacet> Platforms { get; private init; } = [];

    public IReadOnlyList<MessageFacet> Models { get; private init; } = [];

    public IReadOnlyList<MessageFacet> Sources { get; private init; } = [];

    /// <summary>Those whose event ended in error.</summary>
    public long WithError { get; private init; }

    /// <summary>Counts for a filter.</summary>
    /// <param name="groups">What matches the filter without role, platform, model, source, error and the rules about them.</param>
    /// <param name="filter">The filter in force.</param>
    public static MessageFacets From(IReadOnlyCollection<MessageFacetGroup> groups, MessageFilter filter) => new()
    {
        Roles = Count(groups, filter, "role", g => g.Role),
        Platforms = Count(groups, filter, "platform", g => g.Platform),
        Models = Count(groups, filter, "model", g => g.Model),
        Sources = Count(groups, filter, "source", g => g.Source),
        WithError = groups.Where(g => g.HasError && Matches(g, filter with { HasError = true }, null)).Sum(g => g.Count),
    };

    private static List<MessageFacet> Count(IReadOnlyCollection<MessageFacetGroup> groups, MessageFilter filter, string dimension, Func<MessageFacetGroup, string?> value) =>
    [
        .. groups.Where(g => Matches(g, filter, dimension)).GroupBy(value)
            .Select(g => new MessageFacet(g.Key, g.Sum(x => x.Count)))
            .OrderByDescending(f => f.Count).ThenBy(f => f.Value, StringComparer.Ordinal),
    ];

    // Everything but what the filter says of one dimension.
    private static bool Matches(MessageFacetGroup group, MessageFilter filter, string? but)
    {
        if (filter.HasError is { } error && group.HasError != error)
            return false;
        foreach (var (dimension, value, wanted) in new[] { ("role", group.Role, filter.Role), ("platform", group.Platform, filter.Platform), ("model", group.Model, filter.Model), ("source", group.Source, filter.Source) })
        {
            if (dimension != but && ((wanted is not null && wanted != value) || !filter.Rules.Where(r => r.Dimension == dimension).All(r => Allows(r, value))))
                return false;
        }

        return true;
    }

    private static bool Allows(KeyRule rule, string? value) => rule.Kind switch
    {
        KeyRuleKind.None => value is null,
        KeyRuleKind.Blank => value == "",
        KeyRuleKind.Any => value is not null,
        _ => value != rule.Value,
    };
}
