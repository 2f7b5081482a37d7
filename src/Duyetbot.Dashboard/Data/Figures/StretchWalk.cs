using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Walks over a range: live stretches as they are, the others by whole days where there are sums of them, else by quarter hours.</summary>
/// <param name="connection">With an open read transaction.</param>
/// <param name="zone">zone of figure_days.</param>
/// <param name="kind">kind of figure_slots.</param>
/// <param name="periods">A day that does not lie in one of them is taken apart.</param>
/// <param name="prices">A day within which a price changes is taken apart; null where prices do not matter.</param>
internal sealed class StretchWalk(SqliteConnection connection, string zone, string kind, Periods periods, FigurePrices? prices)
{
    /// <summary>Walks over stretches; returns those that were read by whole days, as long as they are.</summary>
    /// <param name="stretches">In order of time.</param>
    /// <param name="part">part of figure_days; null to take every day apart.</param>
    /// <param name="onDay">Takes a day's start and cells.</param>
    /// <param name="onSlot">Takes a quarter hour's start and facts.</param>
    /// <param name="onLive">Takes a live stretch: from, to.</param>
    public List<Stretch> Walk(IReadOnlyList<Stretch> stretches, string? part, Action<long, byte[]> onDay, Action<long, byte[]> onSlot, Action<long, long> onLive)
    {
        var whole = new List<Stretch>();
        using var days = DaysOf(part ?? "");
        using var slots = SlotsOf();
        foreach (var stretch in stretches)
        {
            if (stretch.IsLive)
                onLive(stretch.From, stretch.To);
            else if (part is null)
                Each(slots, stretch, onSlot);
            else
                WalkDays(days, slots, stretch, onDay, onSlot, whole);
        }

        return whole;
    }

    /// <summary>Every day of a stretch that was read by whole days: start, end and cells of a part.</summary>
    public void Days(string part, Stretch stretch, Action<long, long, byte[]> onDay)
    {
        using var days = DaysOf(part);
        Each(days, stretch, onDay);
    }

    /// <summary>Every quarter hour of a stretch.</summary>
    public void Slots(Stretch stretch, Action<long, byte[]> onSlot)
    {
        using var slots = SlotsOf();
        Each(slots, stretch, onSlot);
    }

    private void WalkDays(StretchQuery days, StretchQuery slots, Stretch stretch, Action<long, byte[]> onDay, Action<long, byte[]> onSlot, List<Stretch> whole)
    {
        var gaps = new List<Stretch>();
        var at = stretch.From;
        Each(days, stretch, (start, end, cells) =>
        {
            if (start < at || end > stretch.To || periods.IndexOf(start) != periods.IndexOf(end - 1) || prices?.IsSteady(start, end) == false)
                return;
            if (start > at)
                gaps.Add(new Stretch(at, start, IsLive: false));
            onDay(start, cells);
            if (whole.Count > 0 && whole[^1].To == start)
                whole[^1] = whole[^1] with { To = end };
            else
                whole.Add(new Stretch(start, end, IsLive: false));
            at = end;
        });
        if (at < stretch.To)
            gaps.Add(stretch with { From = at });
        foreach (var gap in gaps)
            Each(slots, gap, onSlot);
    }

    private StretchQuery DaysOf(string part) => new(
        connection,
        "SELECT day_start, day_end, cells FROM figure_days WHERE zone = @zone AND part = @part AND day_start >= @from AND day_start < @to ORDER BY day_start",
        new("zone", zone),
        new("part", part));

    private StretchQuery SlotsOf() => new(
        connection,
        "SELECT slot, facts FROM figure_slots WHERE kind = @kind AND slot >= @from AND slot < @to ORDER BY slot",
        new KeyValuePair<string, object?>("kind", kind));

    private static void Each(StretchQuery query, Stretch stretch, Action<long, byte[]> onSlot)
    {
        using var reader = query.Read(stretch.From, stretch.To);
        while (reader.Read())
            onSlot(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }

    private static void Each(StretchQuery query, Stretch stretch, Action<long, long, byte[]> onDay)
    {
        using var reader = query.Read(stretch.From, stretch.To);
        while (reader.Read())
            onDay(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
    }
}
