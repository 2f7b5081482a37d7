namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>What the Data page registers.</summary>
public static class StorageFeature
{
    /// <summary>Registers the queries and the page's jobs.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<StorageQueries>()
        .AddSingleton<ImportJob>()
        .AddHostedService(s => s.GetRequiredService<ImportJob>())
        .AddSingleton<VerifyJob>()
        .AddHostedService(s => s.GetRequiredService<VerifyJob>());

    /// <summary>Maps the file that comes in and the copy that goes out: for people, under the page's own address.</summary>
    public static void MapStorage(this IEndpointRouteBuilder app)
    {
        // How much is taken the free space says.
        app.MapPost(StorageEndpoints.Upload, StorageEndpoints.UploadAsync).WithMetadata(new Microsoft.AspNetCore.Mvc.DisableRequestSizeLimitAttribute());
        app.MapGet(StorageEndpoints.Backup, StorageEndpoints.BackupAsync);
    }
}
