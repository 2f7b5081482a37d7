namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Which hours of a range are taken from the roll-up, and which stretches are read from the view: the range's cut ends and the hours that are stale.</summary>
public sealed class HourPlan
{
    /// <summary>An hour in ms.</summary>
    public const long HourMs = 3_600_000;

    private readonly IReadOnlySet<long> _live;

    private HourPlan(long cleanFrom, long cleanTo, IReadOnlySet<long> live, IReadOnlyList<(long From, long To)> stretches)
    {
        CleanFrom = cleanFrom;
        CleanTo = cleanTo;
        _live = live;
        Live = stretches;
    }

    /// <summary>The first whole hour of the range, in Unix ms.</summary>
    public long CleanFrom { get; }

    /// <summary>The end of the last whole hour; not after <see cref="CleanFrom"/> where there is none.</summary>
    public long CleanTo { get; }

    /// <summary>What is read from the view: in order of time, from included, to excluded, no two that touch.</summary>
    public IReadOnlyList<(long From, long To)> Live { get; }

    /// <summary>The full hour that holds a moment; before 1970 too.</summary>
    public static long HourOf(long unixMs) => unixMs - (((unixMs % HourMs) + HourMs) % HourMs);

    /// <summary>True for a whole hour of the range that the roll-up holds rightly.</summary>
    public bool IsClean(long hourStart) => hourStart >= CleanFrom && hourStart < CleanTo && !_live.Contains(hourStart);

    /// <summary>Divides a range.</summary>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    /// <param name="live">Full hours that must come from the view; those outside the range do not matter.</param>
    public static HourPlan Of(long from, long to, IReadOnlySet<long> live)
    {
        var first = HourOf(from);
        var cleanFrom = first == from ? from : first + HourMs;
        var cleanTo = HourOf(to);
        if (cleanFrom >= cleanTo)
            return new HourPlan(cleanFrom, cleanFrom, live, from < to ? [(from, to)] : []);
        var stretches = new List<(long From, long To)>();
        if (from < cleanFrom)
            stretches.Add((from, cleanFrom));
        foreach (var hour in live.Where(h => h >= cleanFrom && h < cleanTo).Order())
            Add(hour, hour + HourMs);
        if (cleanTo < to)
            Add(cleanTo, to);
        return new HourPlan(cleanFrom, cleanTo, live, stretches);

        void Add(long start, long end)
        {
            if (stretches.Count > 0 && stretches[^1].To == start)
                stretches[^1] = (stretches[^1].From, end);
            else
                stretches.Add((start, end));
        }
    }
}
