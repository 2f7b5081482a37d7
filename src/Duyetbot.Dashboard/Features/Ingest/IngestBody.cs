using System.Buffers;
using System.Text.Json;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>The rows of a request's body: a JSON array, or NDJSON, told apart by the first character.</summary>
/// <param name="Rows">What can be written, each with its index.</param>
/// <param name="Rejected">What cannot.</param>
internal sealed record IngestBody(IReadOnlyList<InputRow> Rows, IReadOnlyList<IngestRejection> Rejected)
{
    /// <summary>The largest body, also after gzip is undone.</summary>
    public const long MaxBytes = 32L * 1024 * 1024;

    /// <summary>The most rows of one request.</summary>
    public const int MaxRows = 10_000;

    // An agents chain nests its workers; the views follow any depth that SQLite's JSON does.
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 1_000 };

    /// <summary>Reads a body.</summary>
    /// <exception cref="InvalidParameterException">The array is no JSON, or is none.</exception>
    /// <exception cref="BadHttpRequestException">413: too many rows.</exception>
    public static IngestBody Parse(string table, ReadOnlyMemory<byte> body, long now)
    {
        var span = body.Span;
        if (span.StartsWith("\uFEFF"u8))
            body = body[3..];
        var start = body.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
            throw new InvalidParameterException("body", "is empty; send a JSON array, or one JSON object a line.");
        var rows = new List<InputRow>();
        var rejected = new List<IngestRejection>();
        if (body.Span[start] == (byte)'[')
            FromArray(table, body, now, rows, rejected);
        else
            FromLines(table, body, now, rows, rejected);
        return new IngestBody(rows, rejected);
    }

    private static void FromArray(string table, ReadOnlyMemory<byte> body, long now, List<InputRow> rows, List<IngestRejection> rejected)
    {
        using var json = ParseArray(body);
        Count(json.RootElement.GetArrayLength());
        var index = 0;
        foreach (var element in json.RootElement.EnumerateArray())
            Add(table, element, index++, now, rows, rejected);
    }

    private static void FromLines(string table, ReadOnlyMemory<byte> body, long now, List<InputRow> rows, List<IngestRejection> rejected)
    {
        var index = 0;
        while (!body.IsEmpty)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
                continue;
            Count(index + 1);
            try
            {
                using var json = JsonDocument.Parse(line, Depth);
                Add(table, json.RootElement, index, now, rows, rejected);
            }
            catch (JsonException e)
            {
                rejected.Add(new(index, $"is no JSON: {e.Message}"));
            }

            index++;
        }
    }

    private static JsonDocument ParseArray(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Depth);
        }
        catch (JsonException e)
        {
            throw new InvalidParameterException("body", $"is no JSON array: {e.Message}");
        }
    }

    private static void Add(string table, JsonElement element, int index, long now, List<InputRow> rows, List<IngestRejection> rejected)
    {
        try
        {
            rows.Add(IngestRows.From(table, element, index, now));
        }
        catch (IngestRowException e)
        {
            rejected.Add(new(index, e.Message));
        }
    }

    private static void Count(int rows)
    {
        if (rows > MaxRows)
            throw new BadHttpRequestException($"A request holds at most {MaxRows:N0} rows.", StatusCodes.Status413PayloadTooLarge);
    }
}
