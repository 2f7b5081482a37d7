using Duyetbot.Dashboard.Shared.Figures;

namespace Duyetbot.Dashboard.Features.Usage;

/// <summary>The month so far and at its end, if it goes on like this.</summary>
/// <param name="UpToNow">USD since the month began; null without a price.</param>
/// <param name="AtThisPace">USD at the month's end: what was spent, divided by the part of the month that is over; null without a price.</param>
/// <param name="Unpriced">Tokens that both leave out.</param>
/// <param name="Elapsed">The part of the month that is over, 0 to 1.</param>
/// <param name="Rows">Messages since the month began.</param>
public sealed record MonthPace(double? UpToNow, double? AtThisPace, long Unpriced, double Elapsed, long Rows)
{
    /// <summary>The pace of a sum over the month so far.</summary>
    /// <param name="sum">From the month's start to now.</param>
    /// <param name="start">The month's start in Unix ms.</param>
    /// <param name="end">Its end.</param>
    /// <param name="now">The moment of the sum.</param>
    public static MonthPace Of(FigureSum sum, long start, long end, long now)
    {
        var elapsed = Math.Max(1, now - start) / (double)(end - start);
        return new MonthPace(sum.Cost, sum.Cost / elapsed, sum.Unpriced, elapsed, sum.Rows);
    }
}
