using Duyetbot.Dashboard.Data;

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
        api.MapGet("/agents", AgentsApi.ListAsync);
        api.MapGet("/agents.csv", AgentsApi.ListCsvAsync);
        api.MapGet("/agents/errors", AgentsApi.ListErrorsAsync);
        api.MapGet("/agents/errors.csv", AgentsApi.ListErrorsCsvAsync);
    }
}
