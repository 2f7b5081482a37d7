using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>What the Agents feature registers.</summary>
public static class AgentsFeature
{
    /// <summary>Registers the query services and what keeps their roll-up.</summary>
    public static IServiceCollection AddAgents(this IServiceCollection services) => services
        .AddSingleton(AgentHourStore.Hours)
        .AddSingleton<AgentQueries>()
        .AddSingleton<AgentErrorQueries>()
        .AddSingleton<AgentHourStore>()
        .AddSingleton<IDerivedRefresher>(s => s.GetRequiredService<AgentHourStore>())
        .AddSingleton<AgentHourRefresher>()
        .AddHostedService(s => s.GetRequiredService<AgentHourRefresher>());

    /// <summary>Maps the HTTP API.</summary>
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        ApiParameter[] words = [.. ApiParameters.FigureRange, new("agent", "The agent's name exactly."), new("model", "The step's model exactly.")];
        ApiParameter[] list = [.. words, ApiParameter.Sort("invocations", AgentSort.Columns)];
        api.MapGet("/agents", AgentsApi.ListAsync).Describe(ApiOperation.Get<AgentList>("Figures per agent, and per model below each", list));
        api.MapGet("/agents.csv", AgentsApi.ListCsvAsync).Describe(ApiOperation.Csv("A line per agent, or per agent and model", [.. list, ApiParameter.OneOf("group_by", "What has a line.", ["agent", "model"], "agent")]));
        api.MapGet("/agents/errors", AgentsApi.ListErrorsAsync).Describe(ApiOperation.Get<Page<ErrorGroup>>("Errors of steps, grouped by what they say", words));
        api.MapGet("/agents/errors.csv", AgentsApi.ListErrorsCsvAsync).Describe(ApiOperation.Csv("A line per group of errors", words));
    }
}
