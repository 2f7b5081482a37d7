namespace Duyetbot.Dashboard.Data.Search;

/// <summary>What keeps the full-text index.</summary>
public static class SearchServices
{
    /// <summary>Registers the index and what builds it.</summary>
    public static IServiceCollection AddSearchIndex(this IServiceCollection services) => services
        .AddSingleton(s => new SearchIndex(s.GetRequiredService<Database>()))
        .AddSingleton<SearchBuilder>()
        .AddHostedService(s => s.GetRequiredService<SearchBuilder>());
}
