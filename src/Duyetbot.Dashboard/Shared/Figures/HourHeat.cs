using NodaTime;
using NodaTime.TimeZones;

namespace Duyetbot.Dashboard.Shared.Figures;

/// <summary>Sums by weekday and hour on the clock of a zone.</summary>
public sealed class HourHeat(DateTimeZone zone)
{
    private readonly long[] _tokens = new long[168];
    private readonly long[] _rows = new long[168];
    private readonly double[] _cost = new double[168];
    private ZoneInterval? _interval;
    private long _intervalStart;
    private long _intervalEnd;

    /// <summary>The zone whose clock counts.</summary>
    public DateTimeZone Zone => zone;

    /// <summary>Counts a row at its local weekday and hour.</summary>
    public void Add(in FigureRow row) => Add(row.At, FigureAmounts.Of(row));

    /// <summary>Counts the sum of rows of one hour at the local weekday and hour of a moment in it.</summary>
    public void Add(long unixMs, in FigureAmounts amounts) => AddTo(CellOf(unixMs), amounts);

    /// <summary>Counts the sum of rows of one hour (0 to 23) on the date on which a moment lies.</summary>
    internal void Add(long unixMs, int hour, in FigureAmounts amounts) => AddTo(CellOf(unixMs) / 24 * 24 + hour, amounts);

    /// <summary>The hour (0 to 23) on the zone's clock.</summary>
    internal int HourOf(long unixMs) => CellOf(unixMs) % 24;

    /// <summary>Tokens on a weekday (0 is Monday) at an hour (0 to 23).</summary>
    public long Tokens(int weekday, int hour) => _tokens[weekday * 24 + hour];

    /// <summary>Rows on a weekday (0 is Monday) at an hour (0 to 23).</summary>
    public long Rows(int weekday, int hour) => _rows[weekday * 24 + hour];

    /// <summary>Cost in USD on a weekday (0 is Monday) at an hour (0 to 23).</summary>
    public double Cost(int weekday, int hour) => _cost[weekday * 24 + hour];

    private void AddTo(int cell, in FigureAmounts amounts)
    {
        _tokens[cell] += amounts.Input + amounts.Output;
        _rows[cell] += amounts.Rows;
        _cost[cell] += amounts.Cost;
    }

    private int CellOf(long unixMs)
    {
        // Rows come in order of time: the zone's rules are asked once per change of offset.
        if (_interval is null || unixMs < _intervalStart || unixMs >= _intervalEnd)
        {
            _interval = zone.GetZoneInterval(Instant.FromUnixTimeMilliseconds(unixMs));
            _intervalStart = _interval.HasStart ? _interval.Start.ToUnixTimeMilliseconds() : long.MinValue;
            _intervalEnd = _interval.HasEnd ? _interval.End.ToUnixTimeMilliseconds() : long.MaxValue;
        }

        var local = unixMs + _interval.WallOffset.Milliseconds;
        var hours = (long)Math.Floor(local / 3_600_000.0);
        // 1970-01-01 was a Thursday.
        var weekday = (int)((((hours / 24 - (hours % 24 < 0 ? 1 : 0)) % 7) + 7 + 3) % 7);
        return weekday * 24 + (int)(((hours % 24) + 24) % 24);
    }
}
