namespace Duyetbot.Dashboard.Data;

/// <summary>SQL expressions that keep what has no column under <c>metadata.$.legacy</c>.</summary>
internal static class LegacyJson
{
    /// <summary>A value that JSON can hold: a blob as hexadecimal digits, anything else as it is.</summary>
    public static string Plain(string value) => $"CASE typeof({value}) WHEN 'blob' THEN hex({value}) ELSE {value} END";

    /// <summary>Whether an expression is text that is a JSON object.</summary>
    public static string IsObject(string value) => $"CASE WHEN typeof({value}) = 'text' AND json_valid({value}) THEN json_type({value}) = 'object' ELSE 0 END";

    /// <summary>A JSON object of the members whose value is not NULL.</summary>
    public static string Object(IEnumerable<(string Key, string Value)> members)
    {
        // A function takes up to 1,000 arguments, far more than a table here has columns.
        var list = string.Join(", ", members.Select(m => $"'{m.Key.Replace("'", "''", StringComparison.Ordinal)}', {Plain(m.Value)}"));
        return list.Length == 0 ? "'{}'" : $"json_patch('{{}}', json_object({list}))";
    }

    /// <summary>Metadata with the members of a JSON object added under <c>$.legacy</c>; metadata that cannot take them is kept under <c>$.legacy.own_metadata</c>.</summary>
    public static string Merge(string metadata, string legacy) =>
        $$"""
        CASE WHEN {{legacy}} = '{}' THEN {{metadata}} ELSE json_patch(
          CASE
            WHEN {{metadata}} IS NULL THEN '{}'
            WHEN CASE WHEN {{IsObject(metadata)}} THEN COALESCE(json_type({{metadata}}, '$.legacy'), 'object') = 'object' ELSE 0 END THEN {{metadata}}
            ELSE json_object('legacy', json_object('own_metadata', {{Plain(metadata)}}))
          END,
          json_object('legacy', json({{legacy}}))) END
        """;
}
