using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>The HTTP API of users.</summary>
internal static class UsersApi
{
    public static Task<Page<UserRow>> ListAsync(HttpRequest request, UserQueries queries, CancellationToken token)
    {
        var reader = new QueryReader(request.Query);
        var (filter, sort) = (UserFilter.Read(reader), UserSort.Read(reader));
        var limit = (int)(reader.Whole("limit", 1, 500) ?? 50);
        var cursor = reader.Text("cursor");
        reader.RejectUnknown();
        return queries.ListAsync(filter, sort, limit, cursor, token);
    }

    public static IResult ListCsv(HttpRequest request, UserQueries queries, CancellationToken token)
    {
        var reader = new QueryReader(request.Query);
        var (filter, sort) = (UserFilter.Read(reader), UserSort.Read(reader));
        reader.RejectUnknown();
        return Csv.Download("users.csv", queries.StreamAsync(filter, sort, token));
    }

    public static async Task<UserDetail> GetAsync(HttpContext context, UserQueries queries, UserActivityQueries activity, CancellationToken token)
    {
        var reader = new QueryReader(context.Request.Query);
        var filter = UserFilter.ReadOfOne(reader);
        reader.RejectUnknown();
        var id = PathId.After(context, "/users/");
        var row = await queries.FindAsync(id, filter, token) ?? throw new NotFoundException($"No user has the id \"{id}\".");
        return UserDetail.Of(row, await activity.ListModelsAsync(id, filter, token));
    }
}
