using System.Text.Json;
using Dapper;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Users;

/// <summary>What the messages of users cost, from the sums of figures: prices are looked up when they are read, so that a new one makes nothing stale.</summary>
internal static class UserCostQueries
{
    /// <summary>An array per user as JSON: id or null, USD, tokens without a price. Null while so many sums are stale that the live view is the better source for everything.</summary>
    /// <param name="connection">With an open read transaction.</param>
    /// <param name="figures">Reads the sums.</param>
    /// <param name="filter">Which messages; its text is not looked at.</param>
    public static string? Find(SqliteConnection connection, FigureReader figures, UserFilter filter)
    {
        if (FigureReader.IsBuilding(connection))
            return null;
        var costs = new List<object?[]>();
        var (from, to) = (Math.Max(filter.From ?? Slots.First, Slots.First), Math.Min(filter.To ?? Slots.End, Slots.End));
        if (from < to)
        {
            var fold = new FigureFold(Periods.Whole(from, to));
            figures.Fill(connection, FigureDimension.User, new MessageFilter { Platform = filter.Platform, UserId = filter.UserId, Archived = filter.Archived }, fold);
            costs.AddRange(fold.Series.Select(s => new object?[] { string.IsNullOrEmpty(s.Key) ? null : s.Key, s.Total.Cost ?? 0, s.Total.Unpriced }));
        }

        // What is dated outside the calendar, or with a text, is in no sum.
        foreach (var time in Outside(filter))
            costs.AddRange(ReadLive(connection, filter, time));
        return JsonSerializer.Serialize(costs);
    }

    private static IEnumerable<string> Outside(UserFilter filter)
    {
        const string whole = " AND typeof(m.timestamp) = 'integer'";
        var bounded = filter.From is not null || filter.To is not null ? whole : "";
        if (filter.From is null || filter.From < Slots.First)
            yield return $"m.timestamp < @First{(filter.From is null ? "" : " AND m.timestamp >= @from")}{(filter.To is null ? "" : " AND m.timestamp < @to")}{bounded}";
        if (filter.To is null || filter.To > Slots.End)
            yield return $"m.timestamp >= @End{(filter.From is null ? "" : " AND m.timestamp >= @from")}{(filter.To is null ? "" : " AND m.timestamp < @to")}{bounded}";
    }

    private static IEnumerable<object?[]> ReadLive(SqliteConnection connection, UserFilter filter, string time)
    {
        var archived = filter.Archived switch { null => "", true => " AND m.is_archived <> 0", false => " AND m.is_archived = 0" };
        return connection.Query<(string? UserId, double Usd, long Unpriced)>(
            $"""
            SELECT NULLIF(m.user_id, ''), TOTAL(m.estimated_cost_usd), SUM(m.unpriced_tokens)
            FROM analytics_messages_view m
            WHERE {time}{archived}{(filter.Platform is null ? "" : " AND m.platform = @platform")}{(filter.UserId is null ? "" : " AND +m.user_id = @userId")}
            GROUP BY 1
            """,
            new { Slots.First, Slots.End, from = filter.From, to = filter.To, platform = filter.Platform, userId = filter.UserId })
            .Select(r => new object?[] { r.UserId, r.Usd, r.Unpriced });
    }
}
