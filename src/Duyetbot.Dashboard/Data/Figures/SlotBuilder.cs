using System.Diagnostics;
using Dapper;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Figures;

/// <summary>Sums dirty quarter hours up anew, from the views' own output.</summary>
internal sealed class SlotBuilder : IDisposable
{
    // Neighbours are read by one statement.
    private const int RunLength = 8;
    private const int BatchLength = 960;

    // Archived messages are in the facts too, marked as such: the filter decides when they are read.
    private const string MessagesSql = """
        SELECT m.timestamp, m.session_id, m.user_id, m.username, m.platform, m.model, m.app_source, m.role, m.visibility,
          m.is_archived <> 0, COALESCE(m.event_status = 'error', 0), m.input_tokens, m.output_tokens, m.cached_tokens, m.recorded_cached_tokens, m.reasoning_tokens
        FROM analytics_messages_view m
        WHERE m.timestamp >= @from AND m.timestamp < @to
        """;

    private static readonly string StepsSql = $"""
        SELECT s.event_triggered_at, (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1),
          s.user_id, s.model, s.agent_name, s.input_tokens, s.output_tokens, s.cached_tokens, s.recorded_cached_tokens, s.reasoning_tokens
        FROM analytics_agent_steps_view s
        WHERE s.event_triggered_at >= @from AND s.event_triggered_at < @to
          AND {FigureSql.StepCounts()}
        """;

    private readonly NumberGiver _names;
    private readonly NumberGiver _conversations;
    private readonly StretchQuery _messages;
    private readonly StretchQuery _steps;
    private readonly StretchQuery _events;
    private readonly StretchQuery[] _clear;
    private readonly SqliteCommand _insert;

    private SlotBuilder(SqliteConnection connection)
    {
        _names = new NumberGiver(connection, "figure_names");
        _conversations = new NumberGiver(connection, "figure_conversations");
        _messages = new StretchQuery(connection, MessagesSql);
        _steps = new StretchQuery(connection, StepsSql);
        _events = new StretchQuery(connection, FigureSql.Events);
        _clear =
        [
            new StretchQuery(connection, "DELETE FROM figure_slots WHERE kind IN ('message', 'step', 'event') AND slot >= @from AND slot < @to"),
            // No day is longer than two: a zone may skip a date or repeat one.
            new StretchQuery(connection, "DELETE FROM figure_days WHERE day_start > @from - 3 * 86400000 AND day_start < @to AND day_end > @from"),
            new StretchQuery(connection, "DELETE FROM figure_dirty WHERE slot >= @from AND slot < @to"),
        ];
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO figure_slots(kind, slot, facts) VALUES (@kind, @slot, @facts)";
        _insert.Parameters.Add("@kind", SqliteType.Text);
        _insert.Parameters.Add("@slot", SqliteType.Integer);
        _insert.Parameters.Add("@facts", SqliteType.Blob);
    }

    /// <summary>Works on the newest dirty quarter hours until there are none or the time is over; returns how many were done and where the oldest of them begins.</summary>
    /// <param name="connection">With an open write transaction.</param>
    /// <param name="budget">How long the write lock may be held, more or less.</param>
    public static (int Count, long First) Build(SqliteConnection connection, TimeSpan budget)
    {
        var started = Stopwatch.GetTimestamp();
        var dirty = connection.Query<long>("SELECT slot FROM figure_dirty ORDER BY slot DESC LIMIT @limit", new { limit = BatchLength }).AsList();
        using var builder = new SlotBuilder(connection);
        var (done, first) = (0, long.MaxValue);
        while (done < dirty.Count && (done == 0 || Stopwatch.GetElapsedTime(started) < budget))
        {
            var length = 1;
            while (length < RunLength && done + length < dirty.Count && dirty[done + length] == dirty[done] - (length * Slots.Ms))
                length++;
            first = dirty[done + length - 1];
            builder.BuildRun(first, dirty[done] + Slots.Ms);
            done += length;
        }

        return (done, first);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var query in (ReadOnlySpan<IDisposable>)[_messages, _steps, _events, .. _clear, _insert])
            query.Dispose();
    }

    private void BuildRun(long from, long to)
    {
        foreach (var query in _clear)
            query.Run(from, to);
        foreach (var (slot, facts) in Messages(from, to))
            Insert(Slots.Messages, slot, FactBlob.Pack(facts));
        foreach (var (slot, facts) in Steps(from, to))
            Insert(Slots.Steps, slot, FactBlob.Pack(facts));
        foreach (var (slot, (events, errors, durations)) in Events(from, to))
            Insert(Slots.Events, slot, EventBlob.Pack(events, errors, durations));
    }

    private Dictionary<long, Dictionary<FactKey, FigureAmounts>> Messages(long from, long to)
    {
        var slots = new Dictionary<long, Dictionary<FactKey, FigureAmounts>>();
        using var reader = _messages.Read(from, to);
        while (reader.Read())
        {
            var key = new FactKey
            {
                Conversation = _conversations.Of(FigureSql.Text(reader, 1)),
                User = _names.Of(FigureSql.Text(reader, 2)),
                Username = _names.Of(FigureSql.Text(reader, 3)),
                Platform = _names.Of(FigureSql.Text(reader, 4)),
                Model = _names.Of(FigureSql.Text(reader, 5)),
                Source = _names.Of(FigureSql.Text(reader, 6)),
                Role = _names.Of(FigureSql.Text(reader, 7)),
                Visibility = _names.Of(FigureSql.Text(reader, 8)),
                Flags = FactKey.FlagsOf(reader.GetInt64(9) != 0, reader.GetInt64(10) != 0),
            };
            Add(slots, reader.GetInt64(0), key, AmountsAt(reader, 11));
        }

        return slots;
    }

    private Dictionary<long, Dictionary<FactKey, FigureAmounts>> Steps(long from, long to)
    {
        var slots = new Dictionary<long, Dictionary<FactKey, FigureAmounts>>();
        using var reader = _steps.Read(from, to);
        while (reader.Read())
        {
            var key = new FactKey
            {
                Conversation = _conversations.Of(FigureSql.Text(reader, 1)),
                User = _names.Of(FigureSql.Text(reader, 2)),
                Model = _names.Of(FigureSql.Text(reader, 3)),
                Agent = _names.Of(FigureSql.Text(reader, 4)),
            };
            Add(slots, reader.GetInt64(0), key, AmountsAt(reader, 5));
        }

        return slots;
    }

    private Dictionary<long, (long Events, long Errors, List<long> Durations)> Events(long from, long to)
    {
        var slots = new Dictionary<long, (long Events, long Errors, List<long> Durations)>();
        using var reader = _events.Read(from, to);
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

    private static FigureAmounts AmountsAt(SqliteDataReader reader, int column) => new()
    {
        Rows = 1,
        Input = reader.GetInt64(column),
        Output = reader.GetInt64(column + 1),
        Cached = reader.GetInt64(column + 2),
        RecordedCached = reader.GetInt64(column + 3),
        Reasoning = reader.GetInt64(column + 4),
    };

    private static void Add(Dictionary<long, Dictionary<FactKey, FigureAmounts>> slots, long at, FactKey key, in FigureAmounts amounts)
    {
        if (!slots.TryGetValue(Slots.Of(at), out var facts))
            slots[Slots.Of(at)] = facts = [];
        facts[key] = facts.TryGetValue(key, out var sum) ? sum.Plus(amounts) : amounts;
    }

    private void Insert(string kind, long slot, byte[] facts)
    {
        _insert.Parameters["@kind"].Value = kind;
        _insert.Parameters["@slot"].Value = slot;
        _insert.Parameters["@facts"].Value = facts;
        _insert.ExecuteNonQuery();
    }
}
