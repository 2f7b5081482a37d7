using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>A period of a series as a line of the CSV file.</summary>
public sealed record UsageCsvRow
{
    /// <summary>The start in local time, with its offset.</summary>
    public required string Period { get; init; }

    /// <summary>Unix ms, included.</summary>
    public long PeriodStart { get; init; }

    /// <summary>Unix ms, excluded.</summary>
    public long PeriodEnd { get; init; }

    /// <summary>The series.</summary>
    public string? Key { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long CachedTokens { get; init; }

    public long ReasoningTokens { get; init; }

    public long TotalTokens { get; init; }

    public long MessageCount { get; init; }

    public long StepCount { get; init; }

    public long ConversationCount { get; init; }

    public long UserCount { get; init; }

    public double? EstimatedCostUsd { get; init; }

    public long UnpricedTokens { get; init; }

    /// <summary>The line of a point.</summary>
    public static UsageCsvRow Of(string? key, UsagePoint point, DateTimeZone zone) => new()
    {
        Period = Formats.Exact(point.PeriodStart, zone),
        PeriodStart = point.PeriodStart,
        PeriodEnd = point.PeriodEnd,
        Key = key,
        InputTokens = point.InputTokens,
        OutputTokens = point.OutputTokens,
        CachedTokens = point.CachedTokens,
        ReasoningTokens = point.ReasoningTokens,
        TotalTokens = point.TotalTokens,
        MessageCount = point.MessageCount,
        StepCount = point.StepCount,
        ConversationCount = point.ConversationCount,
        UserCount = point.UserCount,
        EstimatedCostUsd = point.EstimatedCostUsd,
        UnpricedTokens = point.UnpricedTokens,
    };
}
