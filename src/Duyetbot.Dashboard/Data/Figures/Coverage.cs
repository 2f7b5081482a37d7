using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>A stretch of time.</summary>
/// <param name="From">Unix ms, included.</param>
/// <param name="To">Unix ms, excluded.</param>
/// <param name="IsLive">Read from the live views; else from sums of whole quarter hours.</param>
internal readonly record struct Stretch(long From, long To, bool IsLive);

/// <summary>Which parts of a range can be read from sums.</summary>
internal static class Coverage
{
    /// <summary>Cuts a range into stretches, in order of time, without gap or overlap.</summary>
    /// <remarks>Live is a quarter hour that is dirty, or in which something changes: the range or a period begins or ends, a price does, or the zone's clock shows no whole quarter.</remarks>
    /// <param name="periods">The range and its periods.</param>
    /// <param name="priceEdges">Moments at which a price begins or ends.</param>
    /// <param name="dirty">Dirty quarter hours.</param>
    public static List<Stretch> Of(Periods periods, ReadOnlySpan<long> priceEdges, IEnumerable<long> dirty)
    {
        var (from, to) = (periods.From, periods.To);
        var live = new List<(long From, long To)>();
        foreach (var edge in periods.Edges)
            AddEdge(edge);
        foreach (var edge in priceEdges)
            AddEdge(edge);
        foreach (var slot in dirty)
            live.Add((slot, slot + Slots.Ms));
        if (to > from)
            AddCrooked(periods, live);
        live.Sort();

        var stretches = new List<Stretch>();
        var at = from;
        foreach (var (start, end) in live)
        {
            var (a, b) = (Math.Max(start, at), Math.Min(end, to));
            if (a >= b)
                continue;
            if (a > at)
                stretches.Add(new Stretch(at, a, IsLive: false));
            if (stretches.Count > 0 && stretches[^1].IsLive && stretches[^1].To == a)
                stretches[^1] = stretches[^1] with { To = b };
            else
                stretches.Add(new Stretch(a, b, IsLive: true));
            at = b;
        }

        if (at < to)
            stretches.Add(new Stretch(at, to, IsLive: false));
        return stretches;

        void AddEdge(long edge)
        {
            if (edge >= from && edge <= to && Slots.Of(edge) is var slot && slot != edge)
                live.Add((slot, slot + Slots.Ms));
        }
    }

    /// <summary>True where the zone's clock shows whole quarter hours at every UTC quarter hour from a moment to another.</summary>
    public static bool IsStraight(DateTimeZone zone, long from, long to) =>
        zone.GetZoneIntervals(Instant.FromUnixTimeMilliseconds(from), Instant.FromUnixTimeMilliseconds(to)).All(i =>
            i.WallOffset.Milliseconds % Slots.Ms == 0 && (!i.HasStart || i.Start.ToUnixTimeMilliseconds() is var start && (start <= from || start % Slots.Ms == 0)));

    // Local mean times of long ago, such as +00:19:32, and the moments at which they ended.
    private static void AddCrooked(Periods periods, List<(long From, long To)> live)
    {
        foreach (var interval in periods.Zone.GetZoneIntervals(Instant.FromUnixTimeMilliseconds(periods.From), Instant.FromUnixTimeMilliseconds(periods.To)))
        {
            var start = interval.HasStart ? Math.Max(interval.Start.ToUnixTimeMilliseconds(), periods.From) : periods.From;
            var end = interval.HasEnd ? Math.Min(interval.End.ToUnixTimeMilliseconds(), periods.To) : periods.To;
            if (interval.WallOffset.Milliseconds % Slots.Ms != 0)
                live.Add((Slots.Of(start), Slots.AtOrAfter(end)));
            else if (Slots.Of(start) is var slot && slot != start)
                live.Add((slot, slot + Slots.Ms));
        }
    }
}
