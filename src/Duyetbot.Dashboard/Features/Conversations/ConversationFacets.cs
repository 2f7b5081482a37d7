using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Conversations;

/// <summary>How many conversations each value of a filter would leave, given the other filters; and the sums over those that match all.</summary>
public sealed record ConversationFacets
{
    /// <summary>Conversations that match the whole filter.</summary>
    public long Conversations { get; private init; }

    /// <summary>Their messages.</summary>
    public long Messages { get; private init; }

    /// <summary>Their tokens.</summary>
    public long Tokens { get; private init; }

    /// <summary>Per platform, the most frequent first.</summary>
    public IReadOnlyList<FacetCount> Platforms { get; private init; } = [];

    /// <summary>Per model, the most frequent first; a conversation counts at each of its models.</summary>
    public IReadOnlyList<FacetCount> Models { get; private init; } = [];

    /// <summary>Per visibility, the most frequent first.</summary>
    public IReadOnlyList<FacetCount> Visibilities { get; private init; } = [];

    /// <summary>Those with an error.</summary>
    public long WithError { get; private init; }

    /// <summary>Those with a star.</summary>
    public long Starred { get; private init; }

    /// <summary>Their cost in USD; null where it is unknown or too much to add up for a line of text, see <see cref="HasCost"/>.</summary>
    public double? CostUsd { get; init; }

    /// <summary>Tokens that the cost leaves out for want of a price.</summary>
    public long UnpricedTokens { get; init; }

    /// <summary>True where the cost of all of them was added up.</summary>
    public bool HasCost { get; init; }

    /// <summary>Counts for the filter.</summary>
    /// <param name="groups">What matches the filter without platform, model, visibility, error and star.</param>
    /// <param name="filter">The filter in force.</param>
    public static ConversationFacets From(IReadOnlyCollection<FacetGroup> groups, ConversationFilter filter)
    {
        var all = groups.Where(g => Matches(g, filter)).ToList();
        return new ConversationFacets
        {
            Conversations = all.Sum(g => g.Conversations),
            Messages = all.Sum(g => g.Messages),
            Tokens = all.Sum(g => g.Tokens),
            Platforms = Count(groups.Where(g => Matches(g, filter with { Platform = null })), g => [g.Platform ?? ""], filter.Platform),
            Models = Count(groups.Where(g => Matches(g, filter with { Model = null })), g => g.Models?.Split(',') ?? [], filter.Model),
            Visibilities = Count(groups.Where(g => Matches(g, filter with { Visibility = null })), g => [g.Visibility], filter.Visibility),
            WithError = groups.Where(g => Matches(g, filter with { HasError = true })).Sum(g => g.Conversations),
            Starred = groups.Where(g => Matches(g, filter with { Starred = true })).Sum(g => g.Conversations),
        };
    }

    private static bool Matches(FacetGroup group, ConversationFilter filter) =>
        (filter.Platform is null || filter.Platform == group.Platform)
        && (filter.Model is null || (group.Models?.Split(',').Contains(filter.Model) ?? false))
        && (filter.Visibility is null || filter.Visibility == group.Visibility)
        && (filter.HasError is null || filter.HasError == group.HasError)
        && (filter.Starred is null || filter.Starred == group.Starred);

    // A chosen value stays in the list at 0: it must be possible to take it out.
    private static List<FacetCount> Count(IEnumerable<FacetGroup> groups, Func<FacetGroup, IEnumerable<string>> values, string? chosen)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (chosen is not null)
            counts[chosen] = 0;
        foreach (var group in groups)
        {
            foreach (var value in values(group))
            {
                if (value.Length > 0)
                    counts[value] = counts.GetValueOrDefault(value) + group.Conversations;
            }
        }

        return [.. counts.Select(c => new FacetCount(c.Key, c.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Value, StringComparer.Ordinal)];
    }
}

/// <summary>A value and the number of conversations that have it.</summary>
public sealed record FacetCount(string Value, long Count);

/// <summary>Conversations that are alike in everything that is counted by.</summary>
public sealed record FacetGroup
{
    public string? Platform { get; init; }

    public string Visibility { get; init; } = "";

    public string? Models { get; init; }

    public bool HasError { get; init; }

    public bool Starred { get; init; }

    public long Conversations { get; init; }

    public long Messages { get; init; }

    public long Tokens { get; init; }
}
