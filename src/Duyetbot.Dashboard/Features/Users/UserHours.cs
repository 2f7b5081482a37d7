namespace Duyetbot.Dashboard.Features.Users;

/// <summary>A range cut into its whole UTC hours and the two ends that are no whole hours.</summary>
/// <remarks>Every moment of the range is in exactly one part. A part from a moment to the same moment is empty.</remarks>
/// <param name="HourFrom">Start of the whole hours in Unix ms, included.</param>
/// <param name="HourTo">End of the whole hours, excluded; not after <paramref name="HourFrom"/> where there is none.</param>
/// <param name="HeadFrom">Start of the end before them.</param>
/// <param name="HeadTo">End of the end before them.</param>
/// <param name="TailFrom">Start of the end after them.</param>
/// <param name="TailTo">End of the end after them.</param>
internal readonly record struct UserHours(long HourFrom, long HourTo, long HeadFrom, long HeadTo, long TailFrom, long TailTo)
{
    private const long Hour = 3_600_000;

    /// <summary>True where whole hours do not make up the range.</summary>
    public bool HasEnds => HeadTo > HeadFrom || TailTo > TailFrom;

    /// <summary>Cuts a range.</summary>
    /// <param name="from">Unix ms, included; the least long for no start.</param>
    /// <param name="to">Unix ms, excluded; the largest long for no end.</param>
    public static UserHours Of(long from, long to)
    {
        var hourFrom = from == long.MinValue ? from : Up(from);
        var hourTo = to == long.MaxValue ? to : Down(to);
        return hourFrom > hourTo
            ? new UserHours(from, from, from, to, to, to)
            : new UserHours(hourFrom, hourTo, from, hourFrom, hourTo, to);
    }

    private static long Down(long ms) => (long)Int128.Max(long.MinValue, ms - (Int128)Past(ms));

    private static long Up(long ms) => Past(ms) == 0 ? ms : (long)Int128.Min(long.MaxValue, (Int128)ms - Past(ms) + Hour);

    private static long Past(long ms) => ((ms % Hour) + Hour) % Hour;
}
