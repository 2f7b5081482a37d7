using System.Globalization;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>Where a price stands on the axis, in percent.</summary>
/// <param name="X">The left edge.</param>
/// <param name="W">The width up to now or to its end.</param>
/// <param name="Ahead">The width beyond now, where it still holds or has yet to begin.</param>
/// <param name="IsCut">True where it began before the axis does.</param>
public sealed record PriceBar(double X, double W, double Ahead, bool IsCut);

/// <summary>One time axis for all prices: from the first price, or a little before the first message where that is later, to a little after now.</summary>
/// <param name="From">Unix ms.</param>
/// <param name="To">Unix ms.</param>
/// <param name="Now">Unix ms.</param>
/// <param name="Ticks">Places in percent with their labels.</param>
public sealed record PriceTimeline(long From, long To, long Now, IReadOnlyList<(double X, string Label)> Ticks)
{
    private const long Day = 86_400_000;

    private static readonly int[] Steps = [1, 2, 3, 6, 12, 24, 60, 120, 600];

    /// <summary>Lays the axis.</summary>
    /// <param name="rows">Every price.</param>
    /// <param name="firstMessage">Unix ms; null without messages.</param>
    /// <param name="now">The moment in which today is.</param>
    /// <param name="zone">Where months begin.</param>
    public static PriceTimeline Of(IReadOnlyList<PriceConfigRow> rows, long? firstMessage, Instant now, DateTimeZone zone)
    {
        var end = now.ToUnixTimeMilliseconds();
        var first = rows.Count == 0 ? end - (90 * Day) : rows.Min(r => r.EffectiveFrom);
        // A price from 1970 must not flatten the years that matter.
        if (firstMessage is { } message && message < end)
            first = Math.Max(first, message - ((end - message) / 4) - Day);
        first = Math.Min(first, end - (30 * Day));
        var later = rows.Select(r => Math.Max(r.EffectiveFrom, r.EffectiveTo ?? 0)).Where(t => t > end).DefaultIfEmpty(end).Max();
        var to = Math.Max(end + ((end - first) / 10), Math.Min(later, end + ((end - first) / 2)));
        return new PriceTimeline(first, to, end, [.. TicksOf(first, to, zone)]);
    }

    /// <summary>The place of a moment in percent, within the axis.</summary>
    public double X(long ms) => Math.Clamp(100.0 * ((double)ms - From) / ((double)To - From), 0, 100);

    /// <summary>The bar of a price.</summary>
    public PriceBar Bar(PriceConfigRow row)
    {
        var (start, end, now) = (X(row.EffectiveFrom), X(row.EffectiveTo ?? To), X(Now));
        return new PriceBar(start, Math.Max(0, Math.Min(end, now) - start), Math.Max(0, end - Math.Max(start, now)), row.EffectiveFrom < From);
    }

    private static IEnumerable<(double X, string Label)> TicksOf(long from, long to, DateTimeZone zone)
    {
        if (Formats.Local(from, zone) is not { } start || Formats.Local(to, zone) is not { } end)
            yield break;
        var months = ((end.Year - start.Year) * 12) + end.Month - start.Month;
        var step = Steps.FirstOrDefault(s => months / s <= 5, 1200);
        var at = new LocalDate(start.Year, step >= 12 ? 1 : ((start.Month - 1) / step * step) + 1, 1);
        for (; at.AtMidnight() <= end && at.Year < 9990; at = at.PlusMonths(step))
        {
            var x = 100.0 * ((double)ZonedDays.StartOf(at, zone) - from) / ((double)to - from);
            if (x is >= 0 and <= 94)
                yield return (x, at.Month == 1 || step >= 12 ? at.Year.ToString(CultureInfo.InvariantCulture) : at.ToString("MMM", CultureInfo.InvariantCulture));
        }
    }
}
