using NodaTime;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>What reads figures and keeps their sums.</summary>
public static class FigureServices
{
    /// <summary>Registers both.</summary>
    /// <param name="services">The product's services.</param>
    /// <param name="zone">The zone of days where an address names none.</param>
    public static IServiceCollection AddFigures(this IServiceCollection services, DateTimeZone zone) => services
        .AddSingleton(new FigureZones(zone))
        .AddSingleton<FigureNames>()
        .AddSingleton<FigureReader>()
        .AddSingleton<FigureRefresher>()
        .AddHostedService(s => s.GetRequiredService<FigureRefresher>());
}
