using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Figures;

/// <summary>Compares a fold with plain sums over rows.</summary>
internal static class FigureComparison
{
    /// <summary>What differs, in words; nothing where all is equal.</summary>
    public static IEnumerable<string> Of(FigureFold fold, HourHeat heat, IReadOnlyList<Counted> rows, Func<Counted, string?> key, bool labels)
    {
        foreach (var d in Compare("all", fold.All, rows))
            yield return d;
        var keys = rows.Select(key).Distinct().OrderBy(k => k, StringComparer.Ordinal).ToList();
        var found = fold.Series.Select(s => s.Key).OrderBy(k => k, StringComparer.Ordinal).ToList();
        if (!keys.SequenceEqual(found))
            yield return $"keys {string.Join(',', found)} instead of {string.Join(',', keys)}";
        foreach (var series in fold.Series)
        {
            var mine = rows.Where(r => key(r) == series.Key).ToList();
            foreach (var d in Compare(series.Key ?? "none", series, mine))
                yield return d;
            var label = labels ? mine.Select(r => r.Username).OfType<string>().Max(StringComparer.Ordinal) : null;
            if (series.Label != label)
                yield return $"label {series.Label} instead of {label}";
        }

        var hours = rows.ToLookup(r => At(r, heat.Zone));
        for (var weekday = 0; weekday < 7; weekday++)
        {
            for (var hour = 0; hour < 24; hour++)
            {
                var here = hours[(weekday, hour)].ToList();
                if (heat.Rows(weekday, hour) != here.Count || heat.Tokens(weekday, hour) != here.Sum(r => r.Input + r.Output) || !Near(heat.Cost(weekday, hour), here.Sum(r => r.Cost)))
                    yield return $"heat {weekday} {hour}: {heat.Rows(weekday, hour)} rows instead of {here.Count}";
            }
        }

        IEnumerable<string> Compare(string name, FigureSeries series, IReadOnlyList<Counted> mine)
        {
            if (Text(series.Total) is var total && Text(mine) is var sum && total != sum)
                yield return $"{name}: {total} instead of {sum}";
            for (var i = 0; i < fold.Periods.Count; i++)
            {
                var period = fold.Periods[i];
                if (Text(series[i]) is var got && Text([.. mine.Where(r => r.At >= period.Start && r.At < period.End)]) is var expected && got != expected)
                    yield return $"{name} {Instant.FromUnixTimeMilliseconds(period.Start)}: {got} instead of {expected}";
            }
        }
    }

    private static (int Weekday, int Hour) At(Counted row, DateTimeZone zone)
    {
        var local = Instant.FromUnixTimeMilliseconds(row.At).InZone(zone);
        return ((int)local.DayOfWeek - 1, local.Hour);
    }

    private static string Text(FigureSum s) => Text(s.Rows, s.Input, s.Output, s.Cached, s.Reasoning, s.Users, s.Conversations, s.Unpriced, s.Cost);

    private static string Text(IReadOnlyList<Counted> rows)
    {
        var unpriced = rows.Sum(r => r.Unpriced);
        double? cost = unpriced > 0 && unpriced == rows.Sum(r => r.Input + r.Output) ? null : rows.Sum(r => r.Cost);
        return Text(rows.Count, rows.Sum(r => r.Input), rows.Sum(r => r.Output), rows.Sum(r => r.Cached), rows.Sum(r => r.Reasoning), Different(r => r.User), Different(r => r.Session), unpriced, cost);

        int Different(Func<Counted, string?> of) => rows.Select(of).OfType<string>().Distinct().Count();
    }

    private static string Text(long rows, long input, long output, long cached, long reasoning, int users, int conversations, long unpriced, double? cost) =>
        $"{rows} rows, {input}+{output} ({cached}, {reasoning}), {users} users, {conversations} conversations, {unpriced} unpriced, {(cost is null ? "no price" : cost.Value.ToString("0.000000", null))}";

    private static bool Near(double one, double other) => Math.Abs(one - other) < 1e-6;
}
