using System.Globalization;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>How agents' figures are said.</summary>
internal static class AgentWords
{
    /// <summary>Where the name of an agent or model is missing.</summary>
    public static string NameOf(string? name, string noun) => Formats.Clip(name) ?? $"no {noun}";

    /// <summary>The percentiles and how they are computed, in one sentence.</summary>
    public static string Percentiles(AgentFigures figures) => figures.TimedInvocations == 0
        ? "No step has a recorded duration"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {Ms(figures.P50DurationMs)}, p95 {Ms(figures.P95DurationMs)}, p99 {Ms(figures.P99DurationMs)}, mean {figures.AvgDurationMs:N1} ms: exact over {Formats.Count(figures.TimedInvocations)} of {Formats.Plural(figures.Invocations, "invocation")}, nearest rank; a step without a duration, or with 0, is left out");

    /// <summary>0.81 %, the share of failed invocations.</summary>
    public static string ErrorRate(AgentFigures figures) => figures.ErrorPercent is { } rate ? rate.ToString("0.00", CultureInfo.InvariantCulture) + "\u202f%" : Formats.None;

    /// <summary>The icon of what the steps call themselves.</summary>
    public static (string Icon, string Css) Kind(string? type) => type switch
    {
        "worker" => ("worker", "k-worker"),
        null => ("agent", "k-other"),
        _ when type.Contains("agent", StringComparison.Ordinal) => ("agent", "k-agent"),
        _ => ("agent", "k-other"),
    };

    private static string Ms(long? ms) => ms is { } value ? Formats.Count(value) + " ms" : Formats.None;
}
