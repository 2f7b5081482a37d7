using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Api;

namespace Duyetbot.Dashboard.Features.Messages;

/// <summary>What the Messages feature registers: messages across conversations.</summary>
public static class MessagesFeature
{
    /// <summary>Registers the query services.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services) => services
        .AddSingleton(s => new MessageQueries(s.GetRequiredService<Database>()))
        .AddSingleton(s => new MessageSumQueries(s.GetRequiredService<Database>(), s.GetRequiredService<FigureReader>()))
        .AddSingleton<MessageListings>();

    /// <summary>Maps the HTTP API.</summary>
    public static void MapMessages(this IEndpointRouteBuilder api)
    {
        ApiParameter[] list = [.. ApiParameters.MessageWords, .. ApiParameters.Range("the message's own time"), ApiParameters.Zone, ApiParameter.OneOf("sort", "The newest first, or by how much a message is about what is searched for.", MessageSorts.Words, "timestamp")];
        api.MapGet("/messages", async (HttpRequest request, MessageQueries queries, DashboardOptions options, CancellationToken token) =>
        {
            var reader = new QueryReader(request.Query);
            var filter = MessageFilter.Read(reader, reader.Zone("timezone") ?? options.TimeZone);
            var sort = MessageSorts.Read(reader);
            var limit = (int)(reader.Whole("limit", 1, 500) ?? 50);
            var cursor = reader.Text("cursor");
            reader.RejectUnknown();
            return await queries.ListAsync(filter, sort, limit, cursor, token);
        }).Describe(ApiOperation.List<MessageHit>("Messages across conversations", list));
        api.MapGet("/messages.csv", (HttpRequest request, MessageQueries queries, DashboardOptions options, CancellationToken token) =>
        {
            var reader = new QueryReader(request.Query);
            var filter = MessageFilter.Read(reader, reader.Zone("timezone") ?? options.TimeZone);
            MessageSorts.Read(reader);
            reader.RejectUnknown();
            return Csv.Download("messages.csv", queries.StreamAsync(filter, token));
        }).Describe(ApiOperation.Csv("Every message of the filter, the newest first", list));
    }
}
