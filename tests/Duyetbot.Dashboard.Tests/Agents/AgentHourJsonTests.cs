using System.Text;
using Duyetbot.Dashboard.Features.Agents;

namespace Duyetbot.Dashboard.Tests.Agents;

public sealed class AgentHourJsonTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var steps = new[]
        {
            new AgentStep { At = 1, Agent = "a \"b\" \\ \u0000 日本", Type = "agent", Model = "x/m:free", PriceId = 3, DurationMs = 9, Input = 10, Output = 5, Cached = 4, Reasoning = 2, ToolCalls = 1 },
            new AgentStep { At = 2, Agent = "a \"b\" \\ \u0000 日本", Type = "agent", Model = "x/m:free", PriceId = 3, DurationMs = 7, IsFailed = true },
            new AgentStep { At = 3, Agent = null, Type = null, Model = null, PriceId = null, DurationMs = 0 },
            new AgentStep { At = 4, Agent = new string('n', 5_000), Type = "worker" },
        };
        var groups = AgentHourGroup.Fold(steps);

        var json = AgentHourJson.Write(groups);
        var read = new List<string>();
        AgentHourJson.Read(Encoding.UTF8.GetBytes(json), new NameCache(), g => read.Add(Line(g)));

        Assert.Equal(groups.Select(Line), read);
        Assert.Contains("x/m:free", json, StringComparison.Ordinal);
        Assert.Equal([7, 9], groups.Single(g => g.PriceId == 3).DurationsMs);
        Assert.Equal(json, AgentHourJson.Write(AgentHourGroup.Fold(steps.Reverse())));
    }

    private static string Line(AgentHourGroup g) =>
        $"{g.Agent}|{g.Type}|{g.Model}|{g.PriceId}|{g.Invocations}|{g.Errors}|{g.Input}|{g.Output}|{g.Cached}|{g.Reasoning}|{g.ToolCalls}|{string.Join(',', g.DurationsMs)}";
}
