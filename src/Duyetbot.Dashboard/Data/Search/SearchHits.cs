using Duyetbot.Dashboard.Shared.Search;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Search;

/// <summary>A message in which a search is found.</summary>
/// <param name="Second">Its time in whole seconds since 1970, as the index orders by it: never below 0, and the highest where the time is no number.</param>
/// <param name="Id">The row's id.</param>
/// <param name="IsSure">True for a hit; false where the text has still to be looked at.</param>
public readonly record struct SearchHit(long Second, long Id, bool IsSure);

/// <summary>Hits of a search, newest second first and read only as far as they are asked for: the most frequent word costs no more than a rare one.</summary>
public static class SearchHits
{
    /// <summary>The highest second; times that are no number count as this one.</summary>
    public const long LastSecond = uint.MaxValue;

    /// <summary>The second under which the index has a time.</summary>
    public static long SecondOf(object? timestamp) => timestamp switch
    {
        long ms => Math.Clamp(ms / 1000, 0, LastSecond),
        double ms => double.IsNaN(ms) ? 0 : (long)Math.Clamp(Math.Truncate(ms) / 1000, 0, LastSecond),
        _ => LastSecond,
    };

    /// <summary>Whether the index can answer at all; where it cannot, every text has to be looked at.</summary>
    public static bool CanFind(SearchQuery query) => SearchPlan.Of(query, "h").Sources.Count > 0;

    /// <summary>Whether the index has to gather much before it knows the first hit: it puts together every word with the same begin.</summary>
    public static bool IsSlow(SearchQuery query) => query.Wanted.Any(t => t.Kind == SearchTermKind.Words && t.IsPrefix)
        || SearchPlan.Of(query, "h").Sources is [{ Number: "doc" }];

    /// <summary>The hits between two seconds, both included; by second, then by id, both falling; none twice.</summary>
    public static IEnumerable<SearchHit> Newest(SqliteConnection connection, SearchQuery query, long fromSecond, long toSecond)
    {
        var sources = SearchPlan.Of(query, "h").Sources.Select(s => Indexed(connection, s, fromSecond, toSecond))
            .Append(NotIndexed(connection, query, fromSecond, toSecond))
            .Select(s => s.GetEnumerator()).ToList();
        try
        {
            var queue = new PriorityQueue<IEnumerator<SearchHit>, (long, long)>(Comparer<(long, long)>.Create((a, b) => b.CompareTo(a)));
            foreach (var source in sources)
                Enqueue(queue, source);
            SearchHit? last = null;
            while (queue.TryDequeue(out var source, out _))
            {
                var hit = source.Current;
                Enqueue(queue, source);
                // Two sources may know the same message; one of them may be sure of it.
                if (last is { } before && before.Id == hit.Id && before.Second == hit.Second)
                {
                    last = before with { IsSure = before.IsSure || hit.IsSure };
                    continue;
                }

                if (last is { } done)
                    yield return done;
                last = hit;
            }

            if (last is { } rest)
                yield return rest;
        }
        finally
        {
            foreach (var source in sources)
                source.Dispose();
        }
    }

    private static void Enqueue(PriorityQueue<IEnumerator<SearchHit>, (long, long)> queue, IEnumerator<SearchHit> source)
    {
        if (source.MoveNext())
            queue.Enqueue(source, (source.Current.Second, source.Current.Id));
    }

    private static IEnumerable<SearchHit> Indexed(SqliteConnection connection, SearchSource source, long fromSecond, long toSecond)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"{source.Rows} AND {source.Number} >= @low AND {source.Number} <= @high ORDER BY {source.Number} DESC";
        foreach (var (name, value) in source.Parameters)
            command.Parameters.AddWithValue("@" + name, value);
        command.Parameters.AddWithValue("@low", fromSecond << 31);
        command.Parameters.AddWithValue("@high", (toSecond << 31) | SearchSql.MaxId);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var number = reader.GetInt64(0);
            yield return new SearchHit(number >> 31, number & SearchSql.MaxId, source.IsExact);
        }
    }

    // What the index does not hold is looked at message by message, in the order of the list: first those that come first.
    private static IEnumerable<SearchHit> NotIndexed(SqliteConnection connection, SearchQuery query, long fromSecond, long toSecond)
    {
        using var probe = connection.CreateCommand();
        probe.CommandText = $"SELECT EXISTS (SELECT 1 FROM chat_messages WHERE id <= {SearchSql.Missing}) OR EXISTS (SELECT 1 FROM chat_messages WHERE id > {SearchSql.MaxId})";
        if ((long)probe.ExecuteScalar()! == 0)
            yield break;
        using var command = connection.CreateCommand();
        // The order of the index of times; times that are no number come first in it and in the list.
        command.CommandText =
            $"""
            SELECT m.timestamp, m.id FROM chat_messages m
            WHERE (m.id <= {SearchSql.Missing} OR m.id > {SearchSql.MaxId})
              {(fromSecond > 0 ? "AND m.timestamp >= @from" : "")} {(toSecond < LastSecond ? "AND m.timestamp < @to" : "")}
              AND search_match(m.content, @search)
            ORDER BY m.timestamp DESC, m.id DESC
            """;
        command.Parameters.AddWithValue("@from", fromSecond * 1000);
        command.Parameters.AddWithValue("@to", (toSecond + 1) * 1000);
        command.Parameters.AddWithValue("@search", query.Text);
        using var reader = command.ExecuteReader();
        // Within one second the ids may rise with the milliseconds falling: a second is put in order as a whole.
        var second = new List<SearchHit>();
        while (reader.Read())
        {
            var hit = new SearchHit(SecondOf(reader.GetValue(0)), reader.GetInt64(1), true);
            if (second.Count > 0 && second[0].Second != hit.Second)
            {
                foreach (var ready in second.OrderByDescending(h => h.Id))
                    yield return ready;
                second.Clear();
            }

            second.Add(hit);
        }

        foreach (var ready in second.OrderByDescending(h => h.Id))
            yield return ready;
    }
}
