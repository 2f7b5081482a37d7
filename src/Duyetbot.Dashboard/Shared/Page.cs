using System.Text.Json.Serialization;

namespace Duyetbot.Dashboard.Shared;

/// <summary>One page of a list: its rows and where the next page begins.</summary>
/// <param name="Items">The rows, in the list's order.</param>
/// <param name="NextCursor">The opaque start of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Unix ms down to which rows were looked at, where that ended before the page was full or the list was; the next page goes on there. Null otherwise.</summary>
    [JsonIgnore]
    public long? LookedBackTo { get; init; }
}
