using System.Text.Json;
using ApexCharts;
using Bunit;
using Duyetbot.Dashboard.Shared.Components;
using Duyetbot.Dashboard.Shared.Figures;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Usage;

public sealed class ChartComponentTests
{
    private const string Module = "/_content/ApexCharts.Blazor/apexcharts-blazor.js";

    [Fact]
    public async Task PeriodChart_Prerendered_ShowsBarsAndASentenceWithoutScripts()
    {
        await using var context = new BunitContext();
        context.JSInterop.Mode = JSRuntimeMode.Loose;

        var chart = context.Render<PeriodChart>(p => p.Add(c => c.Shape, Shape("a", "b")).Add(c => c.Label, "Tokens per day").Add(c => c.TestId, "usage-chart"));

        Assert.Equal("Tokens per day", chart.Find("[data-testid=usage-chart] [role=img]").GetAttribute("aria-label"));
        Assert.Equal(2, chart.FindAll("svg path[style^=fill]").Count);
        Assert.Contains("d=\"M0 1000H3\"", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApexChart_Drawn_SendsSeriesWithoutNullsAndHandsClicksOut()
    {
        await using var context = new BunitContext();
        var module = context.JSInterop.SetupModule(Module);
        module.SetupModule("create", _ => true).Mode = JSRuntimeMode.Loose;
        int? clicked = null;

        context.Render<PeriodChart>(p => p.Add(c => c.Shape, Shape("<img src=x onerror=alert(1)>", "b")).Add(c => c.Label, "x").Add(c => c.OnSelect, click => clicked = click.Period));
        var arguments = module.Invocations["create"].Single().Arguments;
        using var config = JsonDocument.Parse((string)arguments[2]!);

        Assert.Equal("/_content/ApexCharts.Blazor/apexcharts.esm.js", arguments[1]);
        Assert.DoesNotContain("null", (string)arguments[2]!, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], config.RootElement.GetProperty("series")[0].GetProperty("data").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal("step", config.RootElement.GetProperty("series")[2].GetProperty("type").GetString());
        var receiver = (Microsoft.JSInterop.DotNetObjectReference<ApexChart<int>.ClickReceiver>)arguments[3]!;
        await receiver.Value.OnClickAsync(2, 1, false);
        Assert.Equal(2, clicked);
        await receiver.Value.OnClickAsync(99, -1, false);
        Assert.Equal(2, clicked);
    }

    [Fact]
    public async Task PeriodChart_CutAxis_MarksTheCutBarAndKeepsItsValue()
    {
        await using var context = new BunitContext();
        var module = context.JSInterop.SetupModule(Module);
        module.SetupModule("create", _ => true).Mode = JSRuntimeMode.Loose;
        var shape = PeriodChartShape.Of(
            Periods.Of(0, 5 * 86_400_000L, Granularity.Day, DateTimeZone.Utc), [new BarSeries("a", "--series-1", [10, 11, 9, 10, 900])], null, dollars: false, ChartAxis.Cut, Instant.FromUnixTimeMilliseconds(0));

        var chart = context.Render<PeriodChart>(p => p.Add(c => c.Shape, shape).Add(c => c.Label, "x"));
        using var config = JsonDocument.Parse((string)module.Invocations["create"].Single().Arguments[2]!);

        Assert.Equal("left:90%", chart.Find(".pbars-cut").GetAttribute("style"));
        Assert.Equal([4], config.RootElement.GetProperty("beyond").EnumerateArray().Select(v => v.GetInt32()));
        var series = config.RootElement.GetProperty("series")[0];
        Assert.Equal((900, 1), (series.GetProperty("data")[4].GetDouble(), series.GetProperty("plot")[4].GetDouble()));
    }

    [Fact]
    public async Task ApexChart_NewValues_AreSentToTheSameChart()
    {
        await using var context = new BunitContext();
        var module = context.JSInterop.SetupModule(Module);
        var drawn = module.SetupModule("create", _ => true);
        drawn.SetupVoid("update", _ => true).SetVoidResult();
        drawn.SetupVoid("dispose").SetVoidResult();

        var chart = context.Render<PeriodChart>(p => p.Add(c => c.Shape, Shape("a", "b")).Add(c => c.Label, "x"));
        chart.Render(p => p.Add(c => c.Shape, Shape("a", "b")));
        Assert.Empty(drawn.Invocations["update"]);
        chart.Render(p => p.Add(c => c.Selected, 1));

        Assert.Single(module.Invocations["create"]);
        Assert.Contains("\"selected\":1", (string)drawn.Invocations["update"].Single().Arguments[0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApexChart_CircuitGone_StaysQuiet()
    {
        await using var context = new BunitContext();
        var drawn = context.JSInterop.SetupModule(Module).SetupModule("create", _ => true);
        drawn.SetupVoid("update", _ => true).SetException(new Microsoft.JSInterop.JSDisconnectedException("gone"));
        drawn.SetupVoid("dispose").SetException(new Microsoft.JSInterop.JSDisconnectedException("gone"));

        var chart = context.Render<PeriodChart>(p => p.Add(c => c.Shape, Shape("a", "b")).Add(c => c.Label, "x"));
        chart.Render(p => p.Add(c => c.Shape, Shape("a", "c")));
        await context.DisposeComponentsAsync();

        Assert.Single(drawn.Invocations["update"]);
        Assert.Single(drawn.Invocations["dispose"]);
    }

    [Fact]
    public async Task Sparkline_Values_DrawsTheRangeAndTheOneBefore()
    {
        await using var context = new BunitContext();

        var spark = context.Render<Sparkline>(p => p.Add(c => c.Values, [0, 5, 10]).Add(c => c.Before, [10, 10, 10]));

        Assert.Equal(3, spark.FindAll("path").Count);
        Assert.Equal("M0 23L73 12.5L146 2", spark.FindAll("path")[2].GetAttribute("d"));
    }

    [Fact]
    public async Task MetricCard_WithTarget_IsALinkThatExplainsItself()
    {
        await using var context = new BunitContext();

        var card = context.Render<MetricCard>(p => p.Add(c => c.Label, "Tokens").Add(c => c.Value, "16.5").Add(c => c.Unit, "M").Add(c => c.Title, "16,528,863 tokens").Add(c => c.Href, "/usage"));

        var link = card.Find("a[data-testid=metric-card]");
        Assert.Equal("16,528,863 tokens", link.GetAttribute("title"));
        Assert.Equal("16.5\u202fM", link.QuerySelector(".v")!.TextContent);
    }

    private static PeriodChartShape Shape(string first, string second) => PeriodChartShape.Of(
        Periods.Of(0, 3 * 86_400_000L, Granularity.Day, DateTimeZone.Utc),
        [new BarSeries(first, "--series-1", [1, 2, 3]), new BarSeries(second, "--series-2", [1, 0, 1])],
        ("before", [1, 1, 1]), dollars: false, ChartAxis.Linear, Instant.FromUnixTimeMilliseconds(0));
}
