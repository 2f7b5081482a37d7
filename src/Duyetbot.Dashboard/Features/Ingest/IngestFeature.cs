using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared.Api;

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
        ingest.MapPost("/events", (HttpRequest request, IngestWriter writer, CancellationToken token) => IngestApi.PostAsync(ImportTables.Events, request, writer, token)).Describe(Operation("Adds events; a finished one completes the one that was begun", ImportTables.Events));
        ingest.MapPost("/messages", (HttpRequest request, IngestWriter writer, CancellationToken token) => IngestApi.PostAsync(ImportTables.Messages, request, writer, token)).Describe(Operation("Adds messages; one that is here already changes nothing", ImportTables.Messages));
    }

    private static ApiOperation Operation(string summary, string table) =>
        new(summary) { Answer = typeof(IngestAnswer), Body = new ApiBody { Rows = IngestRows.Members(table) } };
}
