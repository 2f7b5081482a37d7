using System.Text;
using System.Text.Json;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The HTTP API of events: the same queries that the pages ask.</summary>
internal static class TracesApi
{
    private const string Events = "/events/";

    public static void Map(IEndpointRouteBuilder api)
    {
        ApiParameter[] list = [.. ApiParameters.EventWords, ApiParameter.Sort("triggered_at", EventSort.Columns)];
        api.MapGet("/events", (HttpRequest request, EventQueries events, CancellationToken token) =>
        {
            var reader = new QueryReader(request.Query);
            var (filter, sort) = (EventFilter.Read(reader), EventSort.Read(reader));
            var (cursor, limit) = (reader.Text("cursor"), (int)(reader.Whole("limit", 1, 500) ?? 50));
            reader.RejectUnknown();
            return events.ListEventsAsync(filter, sort, cursor, limit, token);
        }).Describe(ApiOperation.List<EventSummaryRow>("Events without their long texts", list));
        api.MapGet("/events.csv", (HttpRequest request, EventQueries events, CancellationToken token) =>
        {
            var reader = new QueryReader(request.Query);
            var (filter, sort) = (EventFilter.Read(reader), EventSort.Read(reader));
            reader.RejectUnknown();
            return Csv.Download("events.csv", events.StreamEventsAsync(filter, sort, token));
        }).Describe(ApiOperation.Csv("Every event of the filter", list));
        api.MapGet("/events/{event_id}", async (HttpContext context, EventQueries events, CancellationToken token) =>
        {
            var id = IdOf(context);
            return await events.FindEventAsync(id, token) ?? throw TraceQueries.Unknown(id);
        }).Describe(ApiOperation.Get<EventRow>("An event, whole"));
        api.MapGet("/events/{event_id}/steps", async (HttpContext context, TraceQueries traces, CancellationToken token) =>
            new Page<StepRow>(await traces.GetStepsAsync(IdOf(context), token), null)).Describe(ApiOperation.Get<Page<StepRow>>("Every step of an event, parents before children"));
        api.MapGet("/events/{event_id}/export", async (HttpContext context, EventQueries events, TraceQueries traces, DashboardOptions options, TimeProvider time, CancellationToken token) =>
        {
            var reader = new QueryReader(context.Request.Query);
            var format = reader.OneOf("format", "json", "html") ?? "json";
            reader.RejectUnknown();
            var id = PathId.After(context, Events);
            if (format == "json")
            {
                var row = await events.FindEventAsync(id, token) ?? throw TraceQueries.Unknown(id);
                return Results.File(JsonSerializer.SerializeToUtf8Bytes(row, ApiJson.Options), "application/json", $"trace-{row.Id}.json");
            }

            var data = await traces.FindWholeTraceAsync(id, token) ?? throw TraceQueries.Unknown(id);
            var file = TraceFile.Html(TraceView.From(data, time.GetUtcNow().ToUnixTimeMilliseconds()), options.TimeZone);
            return Results.File(Encoding.UTF8.GetBytes(file), "text/html; charset=utf-8", $"trace-{data.Event.Id}.html");
        }).Describe(new ApiOperation("A trace as a download: as it is stored, or a page that opens offline")
        {
            Answer = typeof(EventRow),
            Files = ["text/html"],
            Parameters = [ApiParameter.OneOf("format", "The kind of file.", ["json", "html"], "json")],
        });
        api.MapGet("/events/{event_id}/ledger", (HttpContext context, TraceQueries traces, CancellationToken token) => traces.GetLedgerAsync(IdOf(context), token))
            .Describe(ApiOperation.Get<TraceLedger>("Own, subtree, event and message totals, and their differences"));
    }

    private static string IdOf(HttpContext context)
    {
        new QueryReader(context.Request.Query).RejectUnknown();
        return PathId.After(context, Events);
    }
}
