using Duyetbot.Dashboard.BrowserTests.Support;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>What a visit costs: requests, and movement of what is being read.</summary>
public sealed class LoadTests(DashboardFixture fixture) : BrowserTest(fixture)
{
    // Summed the plain way: no movement at all is expected, so no session windows are needed.
    private const string RecordShifts =
        """
        globalThis.shifts = [];
        new PerformanceObserver(list => {
          for (const entry of list.getEntries())
            globalThis.shifts.push([entry.value, ...entry.sources.map(s => s.node?.nodeName + "." + s.node?.className)].join(" "));
        }).observe({ type: "layout-shift", buffered: true });
        """;

    [Theory]
    [MemberData(nameof(PageNames.AtOnce), MemberType = typeof(PageNames))]
    public async Task Page_FirstVisit_MakesFewRequestsAndMovesNothing(string name)
    {
        var tab = await OpenTabAsync();
        await tab.Page.AddInitScriptAsync(RecordShifts);

        await tab.OpenAsync(Samples.PathOf(name));
        await tab.SettledAsync();

        var requests = tab.Requests.Where(r => !r.Url.StartsWith("data:", StringComparison.Ordinal)).Select(r => new Uri(r.Url).PathAndQuery).Distinct().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Count} requests\n{string.Join('\n', requests)}");
        Assert.InRange(requests.Count, 1, 12);
        var shifts = await tab.Page.EvaluateAsync<string[]>("() => globalThis.shifts");
        Assert.True(shifts.Sum(s => double.Parse(s.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)) <= 0.02, string.Join('\n', shifts));
    }
}
