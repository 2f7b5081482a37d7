using System.Diagnostics;
using Dapper;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Sums dirty quarter hours up anew, from the views' own output.</summary>
internal static class SlotBuilder
{
    // Neighbours are read by one statement.
    private const int RunLength = 8;
    private const int BatchLength = 960;

    // Archived messages are in the facts too, marked as such: the filter decides when they are read.
    private const string MessagesSql = """
        SELECT m.timestamp, m.session_id, m.user_id, m.username, m.platform, m.model, m.app_source, m.role, m.visibility,
          m.is_archived <> 0, COALESCE(m.event_status = 'error', 0), m.input_tokens, m.output_tokens, m.cached_tokens, m.reasoning_tokens
        FROM analytics_messages_view m
        WHERE m.timestamp >= @from AND m.timestamp < @to
        """;

    private static readonly string StepsSql = $"""
        SELECT s.event_triggered_at, (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1),
          s.user_id, s.model, s.agent_name, s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens
        FROM analytics_agent_steps_view s
        WHERE s.event_triggered_at >= @from AND s.event_triggered_at < @to
          AND {FigureSql.StepCounts(new ConversationFilter())}
        """;

    /// <summary>Works on the newest dirty quarter hours until there are none or the time is over; returns how many were done and where the oldest of them begins.</summary>
    /// <param name="connection">With an open write transaction.</param>
    /// <param name="budget">How long the write lock may be held, more or less.</param>
    public static (int Count, long First) Build(SqliteConnection connection, TimeSpan budget)
    {
        var started = Stopwatch.GetTimestamp();
        var dirty = connection.Query<long>("SELECT slot FROM figure_dirty ORDER BY slot DESC LIMIT @limit", new { limit = BatchLength }).AsList();
        var names = new NumberGiver(connection, "figure_names");
        var conversations = new NumberGiver(connection, "figure_conversations");
        var (done, first) = (0, long.MaxValue);
        while (done < dirty.Count && (done == 0 || Stopwatch.GetElapsedTime(started) < budget))
        {
            var length = 1;
            while (length < RunLength && done + length < dirty.Count && dirty[done + length] == dirty[done] - (length * Slots.Ms))
                length++;
            first = dirty[done + length - 1];
            BuildRun(connection, first, dirty[done] + Slots.Ms, names, conversations);
            done += length;
        }

        return (done, first);
    }

    private static void BuildRun(SqliteConnection connection, long from, long to, NumberGiver names, NumberGiver conversations)
    {
        var run = new { from, to };
        connection.Execute("DELETE FROM figure_slots WHERE kind IN ('message', 'step', 'event') AND slot >= @from AND slot < @to", run);
        // No day is longer than two: a zone may skip a date or repeat one.
        connection.Execute("DELETE FROM figure_days WHERE day_start > @from - 3 * 86400000 AND day_start < @to AND day_end > @from", run);
        connection.Execute("DELETE FROM figure_dirty WHERE slot >= @from AND slot < @to", run);
        Insert(connection, Slots.Messages, Messages(connection, run, names, conversations).Select(s => (s.Key, FactBlob.Pack(s.Value))));
        Insert(connection, Slots.Steps, Steps(connection, run, names, conversations).Select(s => (s.Key, FactBlob.Pack(s.Value))));
        Insert(connection, Slots.Events, Events(connection, run).Select(s => (s.Key, EventBlob.Pack(s.Value.Events, s.Value.Errors, s.Value.Durations))));
    }

    private static Dictionary<long, Dictionary<FactKey, FigureAmounts>> Messages(SqliteConnection connection, object run, NumberGiver names, NumberGiver conversations)
    {
        var slots = new Dictionary<long, Dictionary<FactKey, FigureAmounts>>();
        using var reader = connection.ExecuteReader(MessagesSql, run);
        while (reader.Read())
        {
            var key = new FactKey
            {
                Conversation = conversations.Of(FigureSql.Text(reader, 1)),
                User = names.Of(FigureSql.Text(reader, 2)),
                Username = names.Of(FigureSql.Text(reader, 3)),
                Platform = names.Of(FigureSql.Text(reader, 4)),
                Model = names.Of(FigureSql.Text(reader, 5)),
                Source = names.Of(FigureSql.Text(reader, 6)),
                Role = names.Of(FigureSql.Text(reader, 7)),
                Visibility = names.Of(FigureSql.Text(reader, 8)),
                IsArchived = reader.GetInt64(9) != 0,
                HasError = reader.GetInt64(10) != 0,
            };
            Add(slots, reader.GetInt64(0), key, AmountsAt(reader, 11));
        }

        return slots;
    }

    private static Dictionary<long, Dictionary<FactKey, FigureAmounts>> Steps(SqliteConnection connection, object run, NumberGiver names, NumberGiver conversations)
    {
        var slots = new Dictionary<long, Dictionary<FactKey, FigureAmounts>>();
        using var reader = connection.ExecuteReader(StepsSql, run);
        while (reader.Read())
        {
            var key = new FactKey
            {
                Conversation = conversations.Of(FigureSql.Text(reader, 1)),
                User = names.Of(FigureSql.Text(reader, 2)),
                Model = names.Of(FigureSql.Text(reader, 3)),
                Agent = names.Of(FigureSql.Text(reader, 4)),
            };
            Add(slots, reader.GetInt64(0), key, AmountsAt(reader, 5));
        }

        return slots;
    }

    private static Dictionary<long, (long Events, long Errors, List<long> Durations)> Events(SqliteConnection connection, object run)
    {
        var slots = new Dictionary<long, (long Events, long Errors, List<long> Durations)>();
        using var reader = connection.ExecuteReader(FigureSql.Events, run);
        while (reader.Read())
        {
            var slot = Slots.Of(reader.GetInt64(0));
            if (!slots.TryGetValue(slot, out var sum))
                sum.Durations = [];
            if (!reader.IsDBNull(2))
                sum.Durations.Add(reader.GetInt64(2));
            slots[slot] = (sum.Events + 1, sum.Errors + (reader.IsDBNull(1) ? 0 : reader.GetInt64(1)), sum.Durations);
        }

        return slots;
    }

    private static FigureAmounts AmountsAt(System.Data.IDataReader reader, int column) => new()
    {
        Rows = 1,
        Input = reader.GetInt64(column),
        Output = reader.GetInt64(column + 1),
        Cached = reader.GetInt64(column + 2),
        Reasoning = reader.GetInt64(column + 3),
    };

    private static void Add(Dictionary<long, Dictionary<FactKey, FigureAmounts>> slots, long at, FactKey key, in FigureAmounts amounts)
    {
        if (!slots.TryGetValue(Slots.Of(at), out var facts))
            slots[Slots.Of(at)] = facts = [];
        facts[key] = facts.TryGetValue(key, out var sum) ? sum.Plus(amounts) : amounts;
    }

    private static void Insert(SqliteConnection connection, string kind, IEnumerable<(long Slot, byte[] Facts)> rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO figure_slots(kind, slot, facts) VALUES (@kind, @slot, @facts)";
        command.Parameters.AddWithValue("@kind", kind);
        var slot = command.Parameters.Add("@slot", SqliteType.Integer);
        var facts = command.Parameters.Add("@facts", SqliteType.Blob);
        foreach (var row in rows)
        {
            (slot.Value, facts.Value) = (row.Slot, row.Facts);
            command.ExecuteNonQuery();
        }
    }
}
