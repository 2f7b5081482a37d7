using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Walks over a range: live stretches as they are, the others by whole days where there are sums of them, else by quarter hours.</summary>
/// <param name="connection">With an open read transaction.</param>
/// <param name="zone">zone of figure_days.</param>
/// <param name="kind">kind of figure_slots.</param>
/// <param name="periods">A day that does not lie in one of them is taken apart.</param>
/// <param name="prices">A day within which a price changes is taken apart; null where prices do not matter.</param>
internal sealed class StretchWalk(SqliteConnection connection, string zone, string kind, Periods periods, PriceBook? prices)
{
    /// <summary>Walks over stretches.</summary>
    /// <param name="stretches">In order of time.</param>
    /// <param name="part">part of figure_days; null to take every day apart.</param>
    /// <param name="onDay">Takes a day's start and cells.</param>
    /// <param name="onSlot">Takes a quarter hour's start and facts.</param>
    /// <param name="onLive">Takes a live stretch: from, to.</param>
    public void Walk(IReadOnlyList<Stretch> stretches, string? part, Action<long, byte[]> onDay, Action<long, byte[]> onSlot, Action<long, long> onLive)
    {
        using var days = new StretchQuery(
            connection,
            "SELECT day_start, day_end, cells FROM figure_days WHERE zone = @zone AND part = @part AND day_start >= @from AND day_start < @to ORDER BY day_start",
            new("zone", zone),
            new("part", part));
        using var slots = new StretchQuery(connection, "SELECT slot, facts FROM figure_slots WHERE kind = @kind AND slot >= @from AND slot < @to ORDER BY slot", new KeyValuePair<string, object?>("kind", kind));
        foreach (var stretch in stretches)
        {
            if (stretch.IsLive)
                onLive(stretch.From, stretch.To);
            else if (part is null)
                Each(slots, stretch.From, stretch.To, r => onSlot(r.GetInt64(0), r.GetFieldValue<byte[]>(1)));
            else
                WalkDays(days, slots, stretch, onDay, onSlot);
        }
    }

    private void WalkDays(StretchQuery days, StretchQuery slots, Stretch stretch, Action<long, byte[]> onDay, Action<long, byte[]> onSlot)
    {
        var gaps = new List<(long From, long To)>();
        var at = stretch.From;
        Each(days, stretch.From, stretch.To, reader =>
        {
            var (start, end) = (reader.GetInt64(0), reader.GetInt64(1));
            if (start < at || end > stretch.To || periods.IndexOf(start) != periods.IndexOf(end - 1) || prices?.IsSteady(start, end) == false)
                return;
            if (start > at)
                gaps.Add((at, start));
            onDay(start, reader.GetFieldValue<byte[]>(2));
            at = end;
        });
        if (at < stretch.To)
            gaps.Add((at, stretch.To));
        foreach (var (from, to) in gaps)
            Each(slots, from, to, r => onSlot(r.GetInt64(0), r.GetFieldValue<byte[]>(1)));
    }

    private static void Each(StretchQuery query, long from, long to, Action<SqliteDataReader> onRow)
    {
        using var reader = query.Read(from, to);
        while (reader.Read())
            onRow(reader);
    }
}
