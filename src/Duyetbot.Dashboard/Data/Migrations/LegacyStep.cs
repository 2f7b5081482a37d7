using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>One row of <c>analytics_agent_steps</c>, whatever its columns hold.</summary>
internal sealed class LegacyStep
{
    private readonly Dictionary<string, object?> _values;

    private LegacyStep(long row, Dictionary<string, object?> values)
    {
        _values = values;
        EventId = values.GetValueOrDefault("event_id") switch
        {
            null => $"legacy-{row}",
            byte[] bytes => $"legacy-{Convert.ToHexString(bytes)}",
            var id => Convert.ToString(id, CultureInfo.InvariantCulture)!,
        };
    }

    /// <summary>The event; one of its own where the row names none.</summary>
    public string EventId { get; }

    /// <summary>Whether the row says that the step failed.</summary>
    public bool IsFailed => Value("status") is "error" or "failed" || Value("error_message") is not (null or "") || Value("error_type") is not (null or "");

    /// <summary>Every column that is not NULL.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Values => _values.Where(v => v.Value is not null);

    /// <summary>Reads the row id and the columns after it.</summary>
    public static LegacyStep Read(SqliteDataReader reader, IReadOnlyList<string> columns)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Count; i++)
            values[columns[i]] = reader.IsDBNull(i + 1) ? null : reader.GetValue(i + 1);
        return new LegacyStep(reader.GetInt64(0), values);
    }

    /// <summary>A column's value; null where it is NULL or there is no such column.</summary>
    public object? Value(string column) => _values.GetValueOrDefault(column);

    /// <summary>A column's value as a whole number; null where it is none.</summary>
    public long? Whole(string column) => Value(column) as long?;

    /// <summary>A column's value as text.</summary>
    public string Said(string column, string fallback) => Value(column) switch
    {
        null => fallback,
        byte[] bytes => Convert.ToHexString(bytes),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
