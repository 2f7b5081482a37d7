using Duyetbot.Dashboard.BrowserTests.Support;

namespace Duyetbot.Dashboard.BrowserTests;

/// <summary>A visit makes few requests; nothing that is read moves or changes while the page becomes interactive, nor by a reload.</summary>
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

    // Keeps every text that the page shows from its first complete state on.
    private const string RecordTexts =
        $$"""
        globalThis.texts = [];
        document.addEventListener("DOMContentLoaded", () => {
          const read = {{Tab.ReadText}};
          const note = () => {
            const text = read();
            if (text !== globalThis.texts.at(-1)) globalThis.texts.push(text);
          };
          note();
          new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
        });
        """;

    [Theory]
    [MemberData(nameof(PageNames.AtOnce), MemberType = typeof(PageNames))]
    public async Task Page_VisitedAndReloaded_IsReadAtOnceAndStays(string name)
    {
        var tab = await OpenTabAsync();
        await tab.Page.AddInitScriptAsync(RecordShifts);
        await tab.Page.AddInitScriptAsync(RecordTexts);

        await tab.OpenAsync(Samples.PathOf(name));
        await tab.SettledAsync();

        var requests = tab.Requests.Where(r => !r.Url.StartsWith("data:", StringComparison.Ordinal)).Select(r => new Uri(r.Url).PathAndQuery).Distinct().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{requests.Count} requests\n{string.Join('\n', requests)}");
        Assert.InRange(requests.Count, 1, 12);
        var shifts = await tab.Page.EvaluateAsync<string[]>("() => globalThis.shifts");
        Assert.True(shifts.Sum(s => double.Parse(s.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)) <= 0.02, string.Join('\n', shifts));
        var (address, text) = (tab.Address, Assert.Single(await tab.Page.EvaluateAsync<string[]>("() => globalThis.texts")));
        Assert.NotEqual("none", text);

        await tab.ReloadAsync();

        Assert.Equal(address, tab.Address);
        Assert.Equal(text, await tab.TextAsync());
    }
}
