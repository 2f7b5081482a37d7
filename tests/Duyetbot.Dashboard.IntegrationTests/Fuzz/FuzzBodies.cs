using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Duyetbot.Dashboard.IntegrationTests.Fuzz;

/// <summary>What a request carries: the bytes, and what its head says they are.</summary>
internal sealed record FuzzBody(byte[] Bytes, string? Type, string? Encoding);

/// <summary>Bodies for an operation: right, then with members, text and bytes turned to something else.</summary>
internal sealed class FuzzBodies(FuzzValues values)
{
    private static readonly string[] Strange =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "-1e400", "9223372036854775808", "1234567890123456789012345678901234567890", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "\"a\\ud83dz\"", "[]", "{}", "[[[]]]", "\"{\\\"a\\\":1}\"", "\"[{\\\"name\\\":1,\\\"workers\\\":{}}]\"",
        "[{\"name\":\"a\",\"workers\":[{\"name\":null,\"duration_ms\":-5,\"input_tokens\":\"x\"}]}]", "{\"name\":[],\"input_tokens\":1e300}", "[1,\"a\",null,[{}]]", "\"2026-01-01\"", "\"private\"", "\"𝕏\"",
    ];

    public FuzzBody Make(Random random, FuzzOperation operation)
    {
        var text = operation.TakesRows ? Rows(random, operation) : Object(random, operation);
        text = random.Next(100) switch
        {
            < 72 => text,
            < 76 => text[..random.Next(text.Length + 1)],
            < 79 => "\uFEFF" + text,
            < 82 => Nested(random.Next(2) == 0 ? random.Next(40, 70) : random.Next(900, 1_100), random.Next(2) == 0),
            < 85 => text.Replace("\"", random.Next(2) == 0 ? "'" : "\"\"", StringComparison.Ordinal),
            < 88 => Strange[random.Next(Strange.Length)],
            < 91 => text + text,
            < 94 => text.Insert(random.Next(text.Length + 1), "\0"),
            < 96 => "",
            < 98 => text.Replace(":", ",", StringComparison.Ordinal),
            _ => "{\"name\":\"" + new string('x', random.Next(1_000, 100_000)) + "\"}",
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(100) < 6 && bytes.Length > 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        var type = random.Next(100) < 90 ? operation.TakesRows && random.Next(2) == 0 ? "application/x-ndjson" : "application/json" : random.Next(3) switch { 0 => "text/plain", 1 => "application/json; charset=utf-16", _ => null };
        return random.Next(100) switch
        {
            < 6 => new FuzzBody(Gzip(bytes), type, "gzip"),
            < 8 => new FuzzBody(Third(Gzip(bytes)), type, "gzip"),
            8 => new FuzzBody(bytes, type, "gzip"),
            9 => new FuzzBody(bytes, type, "br"),
            10 => new FuzzBody(bytes, type, "rot13"),
            _ => new FuzzBody(bytes, type, null),
        };
    }

    private string Rows(Random random, FuzzOperation operation)
    {
        var rows = Enumerable.Range(0, random.Next(4)).Select(_ => Object(random, operation));
        return random.Next(2) == 0 ? $"[{string.Join(',', rows)}]" : string.Join(random.Next(4) == 0 ? "\r\n\n" : "\n", rows);
    }

    private string Object(Random random, FuzzOperation operation)
    {
        var members = operation.Body.Where(m => m.IsRequired ? random.Next(100) < 96 : random.Next(100) < 25).Select(m => $"{JsonSerializer.Serialize(m.Name)}:{Value(random, m)}").ToList();
        if (random.Next(100) < 4)
            members.Add("\"unheard_of\":1");
        if (random.Next(100) < 3)
            members.Add("\"\\ud800\":1");
        if (random.Next(100) < 4 && members.Count > 0)
            members.Add(members[0]);
        return $"{{{string.Join(',', members)}}}";
    }

    private string Value(Random random, FuzzSlot member)
    {
        if (random.Next(100) < 12)
            return Strange[random.Next(Strange.Length)];
        var text = random.Next(100) < 85 ? values.Right(random, member) : values.Text(random, member);
        return member.Type switch
        {
            "integer" or "number" when long.TryParse(text, out var number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            "boolean" when text is "true" or "false" => text,
            null when member.Name is "agents" => """[{"name":"router","type":"router","duration_ms":12,"input_tokens":5,"output_tokens":1,"workers":[{"name":"worker","error":"timeout"}]}]""",
            _ => JsonSerializer.Serialize(text),
        };
    }

    private static string Nested(int depth, bool array) => array
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"agents\":", depth)) + "1" + new string('}', depth);

    private static byte[] Third(byte[] bytes) => bytes[..(bytes.Length / 3)];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
