using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Sums tokens up by model and by the price row that charged them, within one read transaction: whole days and quarter hours from their sums, what is dirty or cut from the live views. The answer is the live views' at that moment.</summary>
public sealed class ModelUseReader(FigureNames names)
{
    private const long DayMs = 86_400_000;

    private const string MessagesSql = """
        SELECT m.model, m.price_id, COUNT(*), SUM(m.input_tokens), SUM(m.output_tokens), SUM(m.cached_tokens), SUM(m.recorded_cached_tokens), SUM(m.reasoning_tokens),
          CAST(SUM(m.estimated_cost_usd) AS REAL), MIN(m.timestamp), MAX(m.timestamp)
        FROM analytics_messages_view m
        WHERE m.timestamp >= @from AND m.timestamp < @to AND m.is_archived = 0
        GROUP BY m.model, m.price_id
        """;

    private static readonly string StepsSql = $"""
        SELECT s.model, NULL, 0, SUM(s.input_tokens), SUM(s.output_tokens), SUM(s.cached_tokens), SUM(s.recorded_cached_tokens), SUM(s.reasoning_tokens),
          NULL, MIN(s.event_triggered_at), MAX(s.event_triggered_at)
        FROM analytics_agent_steps_view s
        WHERE s.event_triggered_at >= @from AND s.event_triggered_at < @to AND s.unpriced_tokens > 0
          AND {FigureSql.StepCounts()}
        GROUP BY s.model
        """;

    /// <summary>What the messages of a range used; archived ones left out.</summary>
    /// <param name="connection">With an open read transaction.</param>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    public IReadOnlyList<ModelUse> Messages(SqliteConnection connection, long from, long to) =>
        Read(connection, MessagesSql, new ModelUseFold(Slots.Messages, n => names.Of(connection, n)), DayParts.Of(FigureDimension.Model), from, to);

    /// <summary>What the steps of a range used that no price charged, those with tokens; steps of events that are archived throughout left out.</summary>
    /// <inheritdoc cref="Messages"/>
    public IReadOnlyList<ModelUse> UnpricedSteps(SqliteConnection connection, long from, long to) =>
        Read(connection, StepsSql, new ModelUseFold(Slots.Steps, n => names.Of(connection, n)), DayParts.Of(FigureDimension.Agent), from, to);

    private List<ModelUse> Read(SqliteConnection connection, string sql, ModelUseFold fold, string part, long from, long to)
    {
        using var live = new StretchQuery(connection, sql);
        var (first, end) = (Math.Max(from, Slots.First), Math.Min(to, Slots.End));
        if (first >= end)
        {
            ReadLive(from, to);
            return fold.ToUses();
        }

        // What no clock can have meant is in no sum.
        if (from < first)
            ReadLive(from, first);
        var prices = new FigurePrices(connection);
        var periods = Periods.Whole(first, end);
        var walk = new StretchWalk(connection, FigureZones.NameOf(periods.Zone), fold.Kind, periods, prices);
        walk.Walk(FigureReader.Stretches(connection, periods, prices.Edges), part, AddDay, AddSlot, ReadLive);
        if (end < to)
            ReadLive(end, to);
        foreach (var (sum, piece, last) in fold.Unsharp())
            Sharpen(sum, piece, last);
        return fold.ToUses();

        void AddDay(long day, byte[] packed)
        {
            var keys = new DayBlob.Reader(packed);
            while (keys.ReadKey())
            {
                while (keys.ReadModel())
                    fold.Add(keys.Model, keys.Sum, PriceAt(keys.Model, day), new Period(day, day + DayMs));
            }
        }

        void AddSlot(long slot, byte[] packed)
        {
            var facts = new FactBlob.Reader(packed);
            while (facts.Read())
            {
                if (!facts.Key.IsArchived)
                    fold.Add(facts.Key.Model, facts.Sum, PriceAt(facts.Key.Model, slot), new Period(slot, slot + Slots.Ms));
            }
        }

        void ReadLive(long start, long stop) => Each(start, stop, fold.Add);

        // A sum knows the day or the quarter hour of its first and last; the moment is in the view.
        void Sharpen(ModelUseSum sum, Period piece, bool last)
        {
            long? found = null;
            walk.Slots(new Stretch(piece.Start, piece.End, IsLive: false), (slot, packed) =>
            {
                if ((last || found is null) && fold.Has(packed, sum.Number))
                    found = slot;
            });
            if (found is { } at)
                Each(at, at + Slots.Ms, sum.Sharpen);
        }

        void Each(long start, long stop, Action<ModelUse> action)
        {
            using var reader = live.Read(start, stop);
            while (reader.Read())
                action(ModelUseOf(reader));
        }

        ModelPrice? PriceAt(int model, long at) => prices.Of(names.Of(connection, model)).At(at);
    }

    private static ModelUse ModelUseOf(SqliteDataReader reader)
    {
        long? price = reader.IsDBNull(1) ? null : reader.GetInt64(1);
        var (input, output) = (reader.GetInt64(3), reader.GetInt64(4));
        return new ModelUse
        {
            Model = FigureSql.Text(reader, 0),
            PriceId = price,
            RowCount = reader.GetInt64(2),
            InputTokens = input,
            OutputTokens = output,
            CachedTokens = reader.GetInt64(5),
            RecordedCachedTokens = reader.GetInt64(6),
            ReasoningTokens = reader.GetInt64(7),
            EstimatedCostUsd = price is null ? null : reader.GetDouble(8),
            UnpricedTokens = price is null ? input + output : 0,
            FirstAt = price is null ? reader.GetInt64(9) : null,
            LastAt = price is null ? reader.GetInt64(10) : null,
        };
    }
}
