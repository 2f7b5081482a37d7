namespace Duyetbot.Dashboard.Benchmarks;

/// <summary>What was measured, as lines of a table.</summary>
internal sealed class ResultTable
{
    private readonly List<(string What, string Median, string P95, string Goal)> _lines = [];
    private readonly Dictionary<string, double> _naive = [];

    /// <summary>Adds the slow way, which later lines are compared with.</summary>
    public void AddNaive(string key, string what, double medianMs)
    {
        _naive[key] = medianMs;
        _lines.Add((what, Ms(medianMs), "", ""));
    }

    /// <summary>Adds a line of times.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="samples">Milliseconds.</param>
    /// <param name="goalMs">What the median should stay below, or null.</param>
    /// <param name="naive">The key of the slow way, or null.</param>
    public void Add(string what, IReadOnlyList<double> samples, double? goalMs = null, string? naive = null)
    {
        var sorted = samples.Order().ToList();
        var median = sorted[sorted.Count / 2];
        var goal = goalMs is { } g ? $"{(median <= g ? "ok" : "over")}, {Ms(g)}" : "";
        if (naive is not null && _naive.TryGetValue(naive, out var slow) && median > 0)
            goal += $"; {slow / median:N0} × faster";
        _lines.Add((what, Ms(median), Ms(sorted[(int)(sorted.Count * 0.95)]), goal));
        Console.WriteLine($"{what}: {Ms(median)}");
    }

    /// <summary>Adds a line of megabytes.</summary>
    public void AddMegabytes(string what, double megabytes, double goal) =>
        _lines.Add((what, $"{megabytes:N0} MB", "", $"{(megabytes <= goal ? "ok" : "over")}, {goal:N0} MB"));

    /// <summary>Adds a line of rows a second.</summary>
    public void AddRate(string what, double perSecond, double? goal)
    {
        _lines.Add((what, $"{perSecond:N0}/s", "", goal is { } g ? $"{(perSecond >= g ? "ok" : "under")}, {g:N0}/s" : ""));
        Console.WriteLine($"{what}: {perSecond:N0}/s");
    }

    /// <summary>Prints the table as Markdown.</summary>
    public void Print(TextWriter output)
    {
        var width = _lines.Max(l => l.What.Length);
        output.WriteLine();
        output.WriteLine($"| {"what".PadRight(width)} | {"median",10} | {"p95",10} | goal");
        output.WriteLine($"|{new string('-', width + 2)}|-----------:|-----------:|-----");
        foreach (var (what, median, p95, goal) in _lines)
            output.WriteLine($"| {what.PadRight(width)} | {median,10} | {p95,10} | {goal}");
    }

    private static string Ms(double ms) => ms >= 100 ? $"{ms:N0} ms" : ms >= 10 ? $"{ms:N1} ms" : $"{ms:N2} ms";
}
