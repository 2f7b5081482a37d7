using Dapper;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Reads figures within one read transaction: whole days and quarter hours from their sums, what is dirty or cut from the live views. The answer is the live views' at that moment.</summary>
public sealed class FigureReader(FigureNames names, FigureZones zones)
{
    /// <summary>What is being built while <see cref="IsBuilding"/>.</summary>
    public const string BuildingName = "figure_slots";

    private const int ManyDirty = 1_000;

    /// <summary>True while so many quarter hours are dirty that figures are slow.</summary>
    public static bool IsBuilding(SqliteConnection connection) =>
        connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM figure_dirty LIMIT {ManyDirty + 1})") > ManyDirty;

    /// <summary>Adds the rows of a range.</summary>
    /// <param name="connection">With an open read transaction.</param>
    /// <param name="dimension">What they are grouped by.</param>
    /// <param name="filter">Which messages; its own From and To are not used.</param>
    /// <param name="fold">An empty fold over the range.</param>
    /// <param name="heat">By weekday and hour, in the fold's zone; null where it is not asked for.</param>
    public void Fill(SqliteConnection connection, FigureDimension dimension, ConversationFilter filter, FigureFold fold, HourHeat? heat = null)
    {
        if (fold.Periods.Count == 0)
            return;
        zones.Use(fold.Periods.Zone);
        var prices = new PriceBook(connection);
        using var sums = new SumsReader(connection, names, prices, dimension, filter, fold);
        if (!FactFilter.Knows(dimension, filter))
        {
            sums.ReadLive(fold.Periods.From, fold.Periods.To, heat);
            return;
        }

        var stretches = Stretches(connection, fold.Periods, prices.Edges);
        var part = sums.DayPart;
        var heatPart = heat is null ? null : sums.HeatPart;
        var walk = new StretchWalk(connection, FigureZones.NameOf(fold.Periods.Zone), sums.Kind, fold.Periods, prices);
        if (heat is not null && (part is not null || heatPart is not null))
        {
            // Days serve the fold and the pattern by different parts, or only one of them.
            walk.Walk(stretches, part, sums.AddDay, (slot, facts) => sums.AddSlot(slot, facts, null), (a, b) => sums.ReadLive(a, b, null));
            walk.Walk(stretches, heatPart, (day, cells) => sums.AddHours(day, cells, heat), (slot, facts) => sums.AddHeat(slot, facts, heat), (a, b) => sums.ReadLiveHeat(a, b, heat));
            return;
        }

        walk.Walk(stretches, part, sums.AddDay, (slot, facts) => sums.AddSlot(slot, facts, heat), (a, b) => sums.ReadLive(a, b, heat));
    }

    /// <summary>Adds the events of a range.</summary>
    /// <param name="connection">With an open read transaction.</param>
    /// <param name="sums">Empty sums over the range.</param>
    public void Fill(SqliteConnection connection, EventSums sums)
    {
        if (sums.Periods.Count == 0)
            return;
        zones.Use(sums.Periods.Zone);
        using var live = new StretchQuery(connection, FigureSql.Events);
        var walk = new StretchWalk(connection, FigureZones.NameOf(sums.Periods.Zone), Slots.Events, sums.Periods, prices: null);
        walk.Walk(Stretches(connection, sums.Periods, []), sums.Periods.Granularity == Granularity.Hour ? null : DayParts.Event, AddPacked, AddPacked, ReadLive);

        void AddPacked(long at, byte[] packed)
        {
            var durations = new List<long>();
            var (events, errors) = EventBlob.Unpack(packed, durations);
            sums.Add(at, events, errors, durations);
        }

        void ReadLive(long from, long to)
        {
            using var reader = live.Read(from, to);
            while (reader.Read())
                sums.Add(reader.GetInt64(0), reader.GetInt64(1) != 0, reader.IsDBNull(2) ? null : reader.GetInt64(2));
        }
    }

    private static List<Stretch> Stretches(SqliteConnection connection, Periods periods, long[] priceEdges) => Coverage.Of(
        periods,
        priceEdges,
        connection.Query<long>("SELECT slot FROM figure_dirty WHERE slot > @from AND slot < @to", new { from = periods.From - Slots.Ms, to = periods.To }));
}
