namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>The parts of figure_days.</summary>
internal static class DayParts
{
    /// <summary>Messages by the hour on the zone's clock, 0 to 23.</summary>
    public const string Hour = "hour";

    /// <summary>Steps by the hour on the zone's clock, 0 to 23.</summary>
    public const string StepHour = "step_hour";

    /// <summary>Counts and durations of events.</summary>
    public const string Event = "event";

    /// <summary>The part whose keys are a dimension's.</summary>
    public static string Of(FigureDimension dimension) => dimension.ToString().ToLowerInvariant();
}
