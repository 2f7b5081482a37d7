using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The addresses of comparisons.</summary>
internal static class CompareUrls
{
    /// <summary>The part of the path between the two ids.</summary>
    public const string Infix = "/compare";

    /// <summary>The comparison of two traces; differences are second less first.</summary>
    public static string Between(string a, string b) => $"{Choose(a)}/{Uri.EscapeDataString(b)}";

    /// <summary>The page that asks what to compare a trace with.</summary>
    public static string Choose(string a) => Urls.Trace(a) + Infix;
}
