using System.Globalization;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>How prices and their times are written.</summary>
public static class PriceText
{
    /// <summary>$3.00 or $0.025: a price per million tokens, of one per 1,000.</summary>
    public static string PerMillion(double per1k) => Plain(Math.Round(per1k * 1000, 9), "0.00#######");

    /// <summary>$0.003: a price per 1,000 tokens.</summary>
    public static string Per1k(double per1k) => Plain(per1k, "0.############");

    /// <summary>+$1.2345 or −$0.0042, the dash where it is not known; "no change" where it is less than half of the last digit.</summary>
    public static string Change(double? usd) => usd switch
    {
        null => Formats.None,
        > -0.00005 and < 0.00005 => "no change",
        < 0 => "\u2212" + Formats.Usd(-usd),
        _ => "+" + Formats.Usd(usd),
    };

    /// <summary>The class of a change: more is worse.</summary>
    public static string Tone(double? usd) => usd switch { > 0.00005 => "worse", < -0.00005 => "better", _ => "t3" };

    /// <summary>"since 25 Aug 2026", "1 Jan – 15 Mar 2026", "from 1 Dec 2026".</summary>
    public static string Range(PriceConfigRow row, long now, DateTimeZone zone) => row.EffectiveTo is { } to
        ? $"{Day(row.EffectiveFrom, zone)} \u2013 {Day(to, zone)}"
        : $"{(row.EffectiveFrom > now ? "from" : "since")} {Day(row.EffectiveFrom, zone)}";

    /// <summary>25 Aug 2026, with the time where it is not midnight.</summary>
    public static string Day(long ms, DateTimeZone zone) => Formats.Local(ms, zone) is { } local
        ? local.ToString(local.TimeOfDay == LocalTime.Midnight ? "d MMM yyyy" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture)
        : ms.ToString(CultureInfo.InvariantCulture);

    /// <summary>holds, ended, to come: what a price is now.</summary>
    public static string State(PriceConfigRow row, long now) => row.HoldsAt(now) ? "holds" : row.EffectiveFrom > now ? "to come" : "ended";

    private static string Plain(double usd, string format) => Math.Abs(usd) is > 1e-9 and < 1e12 or 0
        ? "$" + usd.ToString(usd >= 100 ? "N2" : format, CultureInfo.InvariantCulture)
        : "$" + usd.ToString("G4", CultureInfo.InvariantCulture);
}
