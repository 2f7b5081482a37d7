using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>How numbers and times are written, everywhere alike. A thin no-break space stands before units.</summary>
public static class Formats
{
    private const string Space = "\u202f";
    private const string Minus = "\u2212";
    private const int LongestName = 500;

    /// <summary>Stands for "does not apply".</summary>
    public const string None = "\u2013";

    /// <summary>1,204,331.</summary>
    public static string Count(long value) => value < 0 ? Minus + Count(value == long.MinValue ? long.MaxValue : -value) : value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1.2 M, 48 k, 812: for cards and axes; the exact figure belongs in the title.</summary>
    public static string Compact(double value)
    {
        var (number, unit) = CompactParts(value);
        return unit.Length == 0 ? number : number + Space + unit;
    }

    /// <summary>The short form as number and unit, for cards that set the unit smaller.</summary>
    public static (string Number, string Unit) CompactParts(double value)
    {
        var size = Math.Abs(value);
        var (scaled, unit) = size switch
        {
            >= 999_500_000_000 => (value / 1e12, "T"),
            >= 999_500_000 => (value / 1e9, "G"),
            >= 999_500 => (value / 1e6, "M"),
            >= 9_999.5 => (value / 1e3, "k"),
            _ => (value, ""),
        };
        var format = unit.Length == 0 ? (size % 1 == 0 ? "N0" : "0.#") : Math.Abs(scaled) < 99.95 && unit != "k" ? "0.0" : "0";
        return (scaled.ToString(format, CultureInfo.InvariantCulture).Replace("-", Minus, StringComparison.Ordinal), unit);
    }

    /// <summary>412 ms, 8.14 s, 41.3 s, 1 min 58 s, 3 h 12 min, 2 d 4 h.</summary>
    public static string DurationMs(long? ms)
    {
        if (ms is not { } value)
            return None;
        if (value < 0)
            return Minus + DurationMs(value == long.MinValue ? long.MaxValue : -value);
        return value switch
        {
            < 1_000 => $"{value}{Space}ms",
            < 9_995 => (value / 1000.0).ToString("0.00", CultureInfo.InvariantCulture) + Space + "s",
            < 59_950 => (value / 1000.0).ToString("0.0", CultureInfo.InvariantCulture) + Space + "s",
            < 3_600_000 => Two(Math.Max(60, (long)Math.Round(value / 1000.0)), 60, "min", "s"),
            < 86_400_000 => Two((value + 30_000) / 60_000, 60, "h", "min"),
            _ => Two((value + 1_800_000) / 3_600_000, 24, "d", "h"),
        };
    }

    /// <summary>$0.0042 below one dollar, $12.30 from one dollar; "no price" where the cost is unknown.</summary>
    public static string Usd(double? value) => value switch
    {
        null => "no price",
        0 => "$0",
        < 0.00005 and > 0 => "<$0.0001",
        < 1 => "$" + value.Value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => "$" + value.Value.ToString("N2", CultureInfo.InvariantCulture),
    };

    /// <summary>$0.25, $4, $1.2 k: at the ticks of an axis.</summary>
    public static string UsdTick(double value) => value is > 0 and < 1_000
        ? "$" + value.ToString("0.####", CultureInfo.InvariantCulture)
        : "$" + Compact(value);

    /// <summary>Six digits, for the lines of a price calculation.</summary>
    public static string UsdExact(double? value) => value is null ? "no price" : "$" + value.Value.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>34.5 %, of a part in a whole; the dash where the whole is 0.</summary>
    public static string Share(double part, double whole) =>
        whole == 0 ? None : (100 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + Space + "%";

    /// <summary>+30.1 % or −4.0 %, ×24 from ten times on; "new" where there was nothing before.</summary>
    public static string Change(double now, double before)
    {
        if (before == 0)
            return now == 0 ? None : "new";
        var change = 100 * (now - before) / before;
        if (change >= 999.5)
            return $"×{Compact(Math.Round(now / before))}";
        return (change < 0 ? Minus : "+") + Math.Abs(change).ToString("0.0", CultureInfo.InvariantCulture) + Space + "%";
    }

    /// <summary>+0.61 pt or −0.5 pt: the difference of two percentages.</summary>
    public static string Points(double difference) =>
        (difference < 0 ? Minus : "+") + Math.Abs(difference).ToString("0.0#", CultureInfo.InvariantCulture) + Space + "pt";

    /// <summary>1 message, 2 messages.</summary>
    public static string Plural(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>312 B, 8.4 kB, 1.2 MB.</summary>
    public static string Bytes(long value) => value switch
    {
        < 1_000 => $"{value}{Space}B",
        < 1_000_000 => (value / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + Space + "kB",
        < 1_000_000_000 => (value / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + Space + "MB",
        _ => (value / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + Space + "GB",
    };

    /// <summary>01JDCH8W…6Q2F: ids shorten in the middle; the whole id belongs in the title.</summary>
    public static string Id(string id, int max = 16)
    {
        if (id.Length <= max)
            return id;
        var tail = (max - 1) / 3;
        return $"{id[..(max - 1 - tail)]}…{id[^tail..]}";
    }

    /// <summary>A name as lists show it: its first 500 characters where it is longer.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? Clip(string? name) =>
        name is null || name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] + "…";

    /// <summary>A name for a title: whole, or its beginning and how long it is.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? ClipTitle(string? name) => name is null || name.Length <= LongestName ? name : $"{Clip(name)} ({Count(name.Length)} characters)";

    /// <summary>"now" (clocks differ by some seconds), "2 min ago", "5 h ago" within a day, then "Sun 22:18" within a week, then "17 Nov", with the year in other years.</summary>
    public static string Ago(long unixMs, DateTimeZone zone, Instant now)
    {
        if (Local(unixMs, zone) is not { } local)
            return unixMs.ToString(CultureInfo.InvariantCulture);
        var elapsed = now.ToUnixTimeMilliseconds() - unixMs;
        return elapsed switch
        {
            >= -60_000 and < 60_000 => "now",
            >= 0 and < 3_600_000 => $"{elapsed / 60_000}{Space}min ago",
            >= 0 and < 86_400_000 => $"{elapsed / 3_600_000}{Space}h ago",
            >= 0 and < 6 * 86_400_000L => local.ToString("ddd HH:mm", CultureInfo.InvariantCulture),
            _ when local.Year == now.InZone(zone).Year => local.ToString("d MMM", CultureInfo.InvariantCulture),
            _ => local.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>2026-11-23 09:14:22.280 +07:00: the exact moment, for titles.</summary>
    public static string Exact(long unixMs, DateTimeZone zone) => Local(unixMs, zone) is { } local
        ? local.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + " " + zone.GetUtcOffset(Instant.FromUnixTimeMilliseconds(unixMs)).ToString("+HH:mm", CultureInfo.InvariantCulture)
        : unixMs.ToString(CultureInfo.InvariantCulture) + " ms";

    /// <summary>23 Nov 09:14:22.</summary>
    public static string DayTime(long unixMs, DateTimeZone zone) =>
        Local(unixMs, zone)?.ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture) ?? unixMs.ToString(CultureInfo.InvariantCulture);

    /// <summary>09:14:22.</summary>
    public static string Time(long unixMs, DateTimeZone zone) =>
        Local(unixMs, zone)?.ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? unixMs.ToString(CultureInfo.InvariantCulture);

    /// <summary>The local time, or null where the moment lies outside the years 1 to 9999.</summary>
    public static LocalDateTime? Local(long unixMs, DateTimeZone zone) =>
        unixMs is >= -62_135_510_400_000 and <= 253_402_214_400_000 ? Instant.FromUnixTimeMilliseconds(unixMs).InZone(zone).LocalDateTime : null;

    private static string Two(long value, long per, string major, string minor) => value % per == 0
        ? $"{value / per}{Space}{major}"
        : $"{value / per}{Space}{major} {value % per}{Space}{minor}";
}
