using Duyetbot.Dashboard.Features.Agents;
using Duyetbot.Dashboard.Features.Conversations;
using Duyetbot.Dashboard.Features.Ingest;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Features.Overview;
using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.Features.Quality;
using Duyetbot.Dashboard.Features.Search;
using Duyetbot.Dashboard.Features.Storage;
using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Features.Usage;
using Duyetbot.Dashboard.Features.Users;

namespace Duyetbot.Dashboard.Features;

/// <summary>Every feature, registered in one place.</summary>
public static class FeatureList
{
    /// <summary>Registers the query services of every feature.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddConversations()
        .AddMessages()
        .AddTraces()
        .AddUsage()
        .AddAgents()
        .AddOverview()
        .AddUsers()
        .AddPricing()
        .AddQuality()
        .AddIngest()
        .AddSearch()
        .AddStorage();

    /// <summary>Maps the HTTP API of every feature under <c>/api/v1</c>.</summary>
    public static void MapFeatures(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapConversations();
        api.MapMessages();
        api.MapTraces();
        api.MapUsage();
        api.MapAgents();
        api.MapOverview();
        api.MapUsers();
        api.MapPricing();
        api.MapQuality();
        api.MapIngest();
        app.MapSearch();
        app.MapStorage();
    }
}
