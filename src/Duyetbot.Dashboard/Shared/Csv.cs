using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Writes comma-separated values (RFC 4180, UTF-8) that a spreadsheet does not run as formulas.</summary>
public static class Csv
{
    /// <summary>A row of cells with its line end.</summary>
    public static string Line(IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>One cell: quoted where it must be, and with an apostrophe before a text that begins like a formula and is no number (a chat's id may be negative).</summary>
    public static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            string s => IsFormula(s) && !long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? "'" + s : s,
            bool flag => flag ? "1" : "0",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().ContainsAny(",\"\r\n") ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : text;
    }

    // A spreadsheet may pass over white space and marks that nobody sees, and takes the wide forms for the same. A tab or a line end at the start moves the rest into a cell of its own.
    private static bool IsFormula(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept(" \t\r\n\0\u00a0\u200b\u3000\ufeff");
        return text.Length > 0 && text[0] is '\t' or '\r' or '\n' || first >= 0 && text[first] is '=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20';
    }

    /// <summary>An answer that streams a head and then rows as they come, as a download.</summary>
    /// <remarks>The columns are the row's properties in snake_case, a base record's first. A failure after the head breaks the answer off, so that nobody takes a part for the whole.</remarks>
    /// <param name="fileName">The name that the browser proposes.</param>
    /// <param name="rows">The rows, in order.</param>
    public static IResult Download<T>(string fileName, IAsyncEnumerable<T> rows)
        where T : class =>
        Results.Stream(
            async body =>
            {
                await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16_384, leaveOpen: true);
                await writer.WriteAsync(Line(Columns<T>.Names));
                await foreach (var row in rows)
                    await writer.WriteAsync(Line(Columns<T>.Properties.Select(p => p.GetValue(row))));
            },
            "text/csv; charset=utf-8",
            fileName);

    private static class Columns<T>
    {
        public static readonly PropertyInfo[] Properties =
            [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => Depth(p.DeclaringType)).ThenBy(p => p.MetadataToken)];

        public static readonly string[] Names = [.. Properties.Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name))];

        private static int Depth(Type? type) => type?.BaseType is { } parent ? 1 + Depth(parent) : 0;
    }
}
