using Duyetbot.Dashboard.Import;

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>What the Ingest feature registers: rows that a bot posts.</summary>
public static class IngestFeature
{
    /// <summary>Registers the queue and its one writer.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services) => services
        .AddSingleton<IngestQueue>()
        .AddHostedService(s => s.GetRequiredService<IngestQueue>());

    /// <summary>Maps the HTTP API.</summary>
    public static void MapIngest(this IEndpointRouteBuilder api)
    {
        var ingest = api.MapGroup("/ingest").WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(IngestBody.MaxBytes));
        ingest.MapPost("/events", (HttpRequest request, IngestQueue queue, CancellationToken token) => IngestApi.PostAsync(ImportTables.Events, request, queue, token));
        ingest.MapPost("/messages", (HttpRequest request, IngestQueue queue, CancellationToken token) => IngestApi.PostAsync(ImportTables.Messages, request, queue, token));
    }
}
