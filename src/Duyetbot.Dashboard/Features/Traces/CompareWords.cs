using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>How differences are written: always with their sign, nothing where there is none.</summary>
internal static class CompareWords
{
    private const string Minus = "\u2212";

    /// <summary>+1.90 s, −412 ms; the dash for 0.</summary>
    public static string Ms(long delta) => delta == 0 ? Formats.None : delta > 0 ? "+" + Formats.DurationMs(delta) : Formats.DurationMs(delta);

    /// <summary>+1,204, −7; the dash for 0.</summary>
    public static string Count(long delta) => delta == 0 ? Formats.None : delta > 0 ? "+" + Formats.Count(delta) : Formats.Count(delta);

    /// <summary>+$0.0042, −$12.30, six digits where four would show nothing; the dash for 0, "no price" where one side has none.</summary>
    public static string Usd(double? delta) => Signed(delta, d => d is > 0 and < 0.00005 ? Formats.UsdExact(d) : Formats.Usd(d));

    /// <summary>As <see cref="Usd"/>, with six digits.</summary>
    public static string UsdExact(double? delta) => Signed(delta, Formats.UsdExact);

    private static string Signed(double? delta, Func<double?, string> format) => delta switch
    {
        null => format(null),
        0 => Formats.None,
        > 0 => "+" + format(delta),
        _ => Minus + format(-delta),
    };
}
