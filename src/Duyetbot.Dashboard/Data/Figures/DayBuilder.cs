using Dapper;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;
using NodaTime;
using Period = Duyetbot.Dashboard.Shared.Figures.Period;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Sums quarter hours up to a zone's days that are over.</summary>
internal sealed class DayBuilder(FigureNames names)
{
    private const long DayMs = 86_400_000;

    /// <summary>The days from one moment to another that have rows and no sums yet, in order of time.</summary>
    /// <param name="connection">With an open read transaction.</param>
    /// <param name="zone">Whose days.</param>
    /// <param name="from">Unix ms; the day that holds it is among the first.</param>
    /// <param name="to">Unix ms; the day that holds it is left out, because it is not over.</param>
    public static List<Period> Missing(SqliteConnection connection, DateTimeZone zone, long from, long to)
    {
        var there = connection.Query<long>(
            "SELECT day_start FROM figure_days WHERE zone = @zone AND part = @part AND day_start > @from AND day_start < @to",
            new { zone = FigureZones.NameOf(zone), part = DayParts.Of(FigureDimension.None), from = from - (4 * DayMs), to }).ToHashSet();
        var missing = new List<Period>();
        for (var at = from - (2 * DayMs); NextSlot(connection, at) is { } slot && slot < to;)
        {
            var date = ZonedDays.DateOf(slot, zone);
            var (start, end) = (ZonedDays.StartOf(date, zone), ZonedDays.StartOf(date.PlusDays(1), zone));
            if (end > to)
                break;
            if (!there.Contains(start) && start % Slots.Ms == 0 && end % Slots.Ms == 0 && Coverage.IsStraight(zone, start, end) && !IsDirty(connection, start, end))
                missing.Add(new Period(start, end));
            at = Math.Max(end, slot + Slots.Ms);
        }

        return missing;
    }

    /// <summary>Sums a day up, unless one of its quarter hours has become dirty.</summary>
    /// <param name="connection">With an open write transaction.</param>
    /// <param name="zone">Whose day.</param>
    /// <param name="day">The day.</param>
    public void Build(SqliteConnection connection, DateTimeZone zone, Period day)
    {
        if (IsDirty(connection, day.Start, day.End))
            return;
        var parts = new Dictionary<string, SortedDictionary<int, DayKey>>();
        foreach (var dimension in Enum.GetValues<FigureDimension>())
            parts[DayParts.Of(dimension)] = [];
        parts[DayParts.Hour] = [];
        parts[DayParts.StepHour] = [];
        var clock = new HourHeat(zone);
        var (events, errors, durations) = (0L, 0L, new List<long>());
        foreach (var (kind, slot, packed) in connection.Query<(string Kind, long Slot, byte[] Facts)>(
            "SELECT kind, slot, facts FROM figure_slots WHERE kind IN ('message', 'step', 'event') AND slot >= @Start AND slot < @End", new { day.Start, day.End }))
        {
            if (kind == Slots.Events)
            {
                var (more, failed) = EventBlob.Unpack(packed, durations);
                (events, errors) = (events + more, errors + failed);
                continue;
            }

            var facts = new FactBlob.Reader(packed);
            while (facts.Read())
            {
                if (!facts.Key.IsArchived)
                    Add(connection, parts, kind, clock.HourOf(slot), facts.Key, facts.Sum);
            }
        }

        foreach (var (part, cells) in parts)
            Insert(connection, zone, day, part, DayBlob.Pack(cells));
        Insert(connection, zone, day, DayParts.Event, EventBlob.Pack(events, errors, durations));
    }

    private void Add(SqliteConnection connection, Dictionary<string, SortedDictionary<int, DayKey>> parts, string kind, int hour, in FactKey fact, in FigureAmounts sum)
    {
        if (kind == Slots.Steps)
        {
            AddTo(parts[DayParts.Of(FigureDimension.Agent)], fact.Agent, fact, sum);
            AddSum(parts[DayParts.StepHour], hour, fact.Model, sum);
            return;
        }

        AddTo(parts[DayParts.Of(FigureDimension.None)], 0, fact, sum);
        AddTo(parts[DayParts.Of(FigureDimension.Platform)], fact.Platform, fact, sum);
        AddTo(parts[DayParts.Of(FigureDimension.Model)], fact.Model, fact, sum);
        AddTo(parts[DayParts.Of(FigureDimension.Role)], fact.Role, fact, sum);
        AddTo(parts[DayParts.Of(FigureDimension.Source)], fact.Source, fact, sum);
        var user = AddTo(parts[DayParts.Of(FigureDimension.User)], fact.User, fact, sum);
        var cell = user.Models[fact.Model];
        cell.Label = Later(connection, cell.Label, fact.Username);
        user.Label = Later(connection, user.Label, fact.Username);
        AddSum(parts[DayParts.Hour], hour, fact.Model, sum);
    }

    // The last by code points, as in FigureSeries.
    private int Later(SqliteConnection connection, int label, int other) =>
        label == 0 || (other != 0 && string.CompareOrdinal(names.Of(connection, other), names.Of(connection, label)) > 0) ? other : label;

    private static DayKey AddTo(SortedDictionary<int, DayKey> keys, int key, in FactKey fact, in FigureAmounts sum)
    {
        var cell = AddSum(keys, key, fact.Model, sum);
        if (fact.User != 0)
            cell.Users.Add(fact.User);
        if (fact.Conversation != 0)
            cell.Conversations.Add(fact.Conversation);
        return keys[key];
    }

    private static DayCell AddSum(SortedDictionary<int, DayKey> keys, int key, int model, in FigureAmounts sum)
    {
        if (!keys.TryGetValue(key, out var sums))
            keys[key] = sums = new DayKey();
        if (!sums.Models.TryGetValue(model, out var cell))
            sums.Models[model] = cell = new DayCell();
        cell.Sum = cell.Sum.Plus(sum);
        return cell;
    }

    private static void Insert(SqliteConnection connection, DateTimeZone zone, Period day, string part, byte[] cells) => connection.Execute(
        "INSERT INTO figure_days(zone, part, day_start, day_end, cells) VALUES (@zone, @part, @start, @end, @cells) ON CONFLICT DO UPDATE SET day_end = excluded.day_end, cells = excluded.cells",
        new { zone = FigureZones.NameOf(zone), part, start = day.Start, end = day.End, cells });

    private static bool IsDirty(SqliteConnection connection, long from, long to) =>
        connection.ExecuteScalar<long>("SELECT EXISTS (SELECT 1 FROM figure_dirty WHERE slot >= @from AND slot < @to)", new { from, to }) != 0;

    private static long? NextSlot(SqliteConnection connection, long from) => connection.ExecuteScalar<long?>(
        """
        SELECT MIN(slot) FROM (
          SELECT MIN(slot) AS slot FROM figure_slots WHERE kind = 'message' AND slot >= @from
          UNION ALL SELECT MIN(slot) FROM figure_slots WHERE kind = 'step' AND slot >= @from
          UNION ALL SELECT MIN(slot) FROM figure_slots WHERE kind = 'event' AND slot >= @from)
        """,
        new { from });
}
