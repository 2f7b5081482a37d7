using Bunit;
using Duyetbot.Dashboard.Features.Agents;

namespace Duyetbot.Dashboard.Tests.Agents;

public sealed class AgentTableTests : BunitContext
{
    private static readonly AgentLine Router = Line("router", "agent", 10, 1, [Line("router", "agent", 7, 0, [], "big"), Line("router", "agent", 3, 1, [], "small")]);
    private static readonly AgentLine Search = Line("search", "worker", 4, 0, [Line("search", "worker", 4, 0, [], "small")]);
    private static readonly AgentLine Nameless = Line(null, null, 1, 0, [Line(null, null, 1, 0, [])]);

    [Fact]
    public void Table_Folded_ShowsAgentsThatLeadToTheirTraces()
    {
        var table = Table(new AgentView());

        Assert.Equal(["/traces?agent=router", "/traces?agent=search"], table.FindAll("[data-testid=agent-row] a[data-row-link]").Select(a => a.GetAttribute("href")));
        Assert.Equal(3, table.FindAll("[data-testid=agent-row]").Count);
        Assert.Empty(table.FindAll("[data-testid=agent-model-row]"));
        var fold = table.FindAll("a.agents-fold")[0];
        Assert.Equal(("false", "/agents?open=router"), (fold.GetAttribute("aria-expanded"), fold.GetAttribute("href")));
    }

    [Fact]
    public void Table_OpenAgent_ShowsItsModelsOnly()
    {
        var table = Table(new AgentView { Open = "router" });

        Assert.Equal(["big", "small"], table.FindAll("[data-testid=agent-model-row] td:first-child").Select(c => c.TextContent.Trim()));
        Assert.Equal("true", table.FindAll("a.agents-fold")[0].GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Table_Durations_SayHowTheyAreComputed()
    {
        var bar = Table(new AgentView()).FindAll("[data-testid=agent-row] .dur")[0];

        Assert.Equal("p50 100 ms, p95 900 ms, p99 1,500 ms, mean 250.0 ms: exact over 10 of 10 invocations, nearest rank; a step without a duration, or with 0, is left out", bar.GetAttribute("aria-label"));
    }

    [Fact]
    public void Table_ErrorRate_LeadsToTheErrorsWhereThereAreAny()
    {
        var link = Assert.Single(Table(new AgentView()).FindAll("a.rate-link"));

        Assert.Equal("10.00\u202f%", link.TextContent);
        Assert.Equal("/agents?agent=router#errors", link.GetAttribute("href"));
    }

    [Fact]
    public void Table_UnknownCost_IsNeverZero() => Assert.Contains("no price", Table(new AgentView()).FindAll("[data-testid=agent-row]")[2].TextContent, StringComparison.Ordinal);

    [Fact]
    public void Table_SortedHead_AloneHasAriaSortAndFlips()
    {
        var table = Table(new AgentView { Sort = new AgentSort("p95_duration_ms", true) });

        var sorted = Assert.Single(table.FindAll("th[aria-sort]"));
        Assert.Equal("descending", sorted.GetAttribute("aria-sort"));
        Assert.Equal("/agents?sort=%2Bp95_duration_ms", sorted.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Sort_ByAnyColumn_PutsWhatHasNoValueLast()
    {
        foreach (var descending in new[] { true, false })
        {
            Assert.Null(new AgentSort("p95_duration_ms", descending).Apply([Nameless, Router, Search])[^1].Figures.AgentName);
            Assert.Null(new AgentSort("agent_name", descending).Apply([Nameless, Router, Search])[^1].Figures.AgentName);
        }

        Assert.Equal(["search", "router"], new AgentSort("agent_name", true).Apply([Router, Search]).Select(l => l.Figures.AgentName));
        Assert.Equal(["small", "big"], new AgentSort("invocations", false).Apply([Router])[0].Models.Select(m => m.Figures.Model));
    }

    private static AgentLine Line(string? agent, string? type, long invocations, long errors, IReadOnlyList<AgentLine> models, string? model = null) => new(
        new AgentFigures
        {
            AgentName = agent,
            AgentType = type,
            Model = model,
            Invocations = invocations,
            Errors = errors,
            Successes = invocations - errors,
            SuccessRate = 1.0 * (invocations - errors) / invocations,
            TimedInvocations = agent is null ? 0 : invocations,
            P50DurationMs = agent is null ? null : 100,
            P95DurationMs = agent is null ? null : 900,
            P99DurationMs = agent is null ? null : 1_500,
            AvgDurationMs = agent is null ? null : 250,
            TotalTokens = 100,
            EstimatedCostUsd = agent is null ? null : 0.5,
            UnpricedTokens = agent is null ? 100 : 0,
        },
        [1, 2, 3],
        [0, 0, errors],
        models);

    private IRenderedComponent<AgentTable> Table(AgentView view) => Render<AgentTable>(p => p
        .Add(t => t.Lines, [Router, Search, Nameless])
        .Add(t => t.All, Line(null, null, 15, 1, []))
        .Add(t => t.View, view)
        .Add(t => t.Address, "/agents")
        .Add(t => t.Period, "day")
        .Add(t => t.TracesUrl, name => "/traces?agent=" + name)
        .Add(t => t.UsageUrl, "/usage?group_by=agent"));
}
