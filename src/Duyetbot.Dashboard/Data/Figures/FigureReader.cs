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
    public void Fill(SqliteConnection connection, FigureDimension dimension, MessageFilter filter, FigureFold fold, HourHeat? heat = null)
    {
        if (fold.Periods.Count == 0)
            return;
        zones.Use(fold.Periods.Zone);
        var prices = new FigurePrices(connection);
        using var sums = new SumsReader(connection, names, prices, dimension, filter, fold);
        if (!FactFilter.Knows(dimension, filter))
        {
            sums.ReadLive(fold.Periods.From, fold.Periods.To, heat);
            return;
        }

        var walk = new StretchWalk(connection, FigureZones.NameOf(fold.Periods.Zone), sums.Kind, fold.Periods, prices);
        var days = walk.Walk(
            Stretches(connection, fold.Periods, prices.Edges),
            sums.DayPart,
            sums.AddDay,
            (slot, facts) => sums.AddSlot(slot, facts, heat),
            (from, to) => sums.ReadLive(from, to, heat));
        if (heat is null)
            return;
        // What came as whole days has no hours yet.
        foreach (var stretch in days)
        {
            if (sums.HeatPart is { } part)
                walk.Days(part, stretch, (day, _, cells) => sums.AddHours(day, cells, heat));
            else
                walk.Slots(stretch, (slot, facts) => sums.AddHeat(slot, facts, heat));
        }
    }

    /// <summary>What the messages of a filter add up to, its From and To included; null where sums cannot say it, and the live view has to be asked.</summary>
    /// <param name="connection">With an open read transaction.</param>
    /// <param name="filter">Which messages.</param>
    public FigureSum? FindSum(SqliteConnection connection, MessageFilter filter)
    {
        var (from, to) = (filter.From ?? Slots.First, filter.To ?? Slots.End);
        if (from < Slots.First || to > Slots.End || !FactFilter.Knows(FigureDimension.None, filter) || IsBuilding(connection))
            return null;
        // What is dated outside the calendar, or with a text, is in no sum.
        const string strange = "SELECT EXISTS (SELECT 1 FROM chat_messages WHERE timestamp < @First) OR EXISTS (SELECT 1 FROM chat_messages WHERE timestamp >= @End)";
        if ((filter.From is null || filter.To is null) && connection.ExecuteScalar<bool>(strange, new { Slots.First, Slots.End }))
            return null;
        var fold = new FigureFold(Periods.Whole(from, to));
        Fill(connection, FigureDimension.None, filter, fold);
        return fold.All.Total;
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

    /// <summary>A range as it can be read: from sums, or live where it is dirty or cut.</summary>
    internal static List<Stretch> Stretches(SqliteConnection connection, Periods periods, long[] priceEdges) => Coverage.Of(
        periods,
        priceEdges,
        connection.Query<long>("SELECT slot FROM figure_dirty WHERE slot > @from AND slot < @to", new { from = periods.From - Slots.Ms, to = periods.To }));
}
