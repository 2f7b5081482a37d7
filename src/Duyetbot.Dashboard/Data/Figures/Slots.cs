namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>UTC quarter hours: every zone's offset since its standard time is a multiple of one, so that days of all zones are made of them.</summary>
internal static class Slots
{
    /// <summary>The length of one.</summary>
    public const long Ms = 900_000;

    /// <summary>Nothing before this moment, the beginning of the year 1, is in a quarter hour.</summary>
    public const long First = -62_135_596_800_000;

    /// <summary>From this moment on, the last quarter hour of the year 9999, nothing is taken from sums.</summary>
    public const long End = 253_402_299_900_000;

    /// <summary>kind of figure_slots: sums of messages that are alike.</summary>
    public const string Messages = "message";

    /// <summary>kind of figure_slots: sums of steps that are alike.</summary>
    public const string Steps = "step";

    /// <summary>kind of figure_slots: counts and durations of events.</summary>
    public const string Events = "event";

    /// <summary>The quarter hour that holds a moment.</summary>
    public static long Of(long unixMs) => unixMs - (((unixMs % Ms) + Ms) % Ms);

    /// <summary>The first quarter hour that begins at or after a moment.</summary>
    public static long AtOrAfter(long unixMs) => Of(unixMs + Ms - 1);
}
