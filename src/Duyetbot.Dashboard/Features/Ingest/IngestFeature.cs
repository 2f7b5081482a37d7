using Duyetbot.Dashboard.Import;

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>What the Ingest feature registers: rows that a bot posts.</summary>
public static class IngestFeature
{
    /// <summary>Registers the queue and its one writer.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services) => services
        .AddSingleton<IngestWriter>()
        .AddHostedService(s => s.GetRequiredService<IngestWriter>());

    /// <summary>Maps the HTTP API.</summary>
    public static void MapIngest(this IEndpointRouteBuilder api)
    {
        var ingest = api.MapGroup("/ingest").WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(IngestBody.MaxBytes));
        ingest.MapPost("/events", (HttpRequest request, IngestWriter writer, CancellationToken token) => IngestApi.PostAsync(ImportTables.Events, request, writer, token));
        ingest.MapPost("/messages", (HttpRequest request, IngestWriter writer, CancellationToken token) => IngestApi.PostAsync(ImportTables.Messages, request, writer, token));
    }
}
