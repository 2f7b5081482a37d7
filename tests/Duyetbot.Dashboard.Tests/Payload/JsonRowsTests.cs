using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Duyetbot.Dashboard.Shared.Payload;

namespace Duyetbot.Dashboard.Tests.Payload;

/// <summary>JSON as rows: every value has one, at its place, under its path.</summary>
public sealed class JsonRowsTests
{
    [Fact]
    public void Read_AnObject_GivesARowForEachValueInOrder()
    {
        var rows = JsonRows.Read("""{"name":"router","tokens":{"input":12,"big":1e400},"tools":["a",null,true,{}],"":"no name"}""");

        Assert.Null(rows.Problem);
        Assert.Equal(
            [
                "$ Object 4", "$.name String router", "$.tokens Object 2", "$.tokens.input Number 12", "$.tokens.big Number 1e400",
                "$.tools Array 4", "$.tools[0] String a", "$.tools[1] Null null", "$.tools[2] True true", "$.tools[3] Object 0", "$[''] String no name",
            ],
            Enumerable.Range(0, rows.Count).Select(i => $"{rows.Path(i)} {rows[i].Kind} {(rows[i].IsContainer ? rows[i].Children : rows.Value(i))}"));
        Assert.Equal([0, 1, 1, 2, 2, 1, 2, 2, 2, 2, 1], Enumerable.Range(0, rows.Count).Select(i => rows[i].Depth));
        Assert.Equal((5, 10), (rows[2].End, rows[5].End));
        Assert.Equal("""{"input":12,"big":1e400}""", rows.Value(2));
    }

    [Theory]
    [InlineData("""{"a b":1}""", "$['a b']")]
    [InlineData("""{"it's":1}""", "$['it\\'s']")]
    [InlineData("""{"back\\slash \"q\"":1}""", "$['back\\\\slash \"q\"']")]
    [InlineData("""{"9lives":1}""", "$['9lives']")]
    [InlineData("""{"naïve_1":1}""", "$.naïve_1")]
    [InlineData("""{"new\nline":1}""", "$['new\\nline']")]
    public void Path_OfAKey_IsAJsonPath(string json, string path) => Assert.Equal(path, JsonRows.Read(json).Path(1));

    [Theory]
    [InlineData("""["\u0041\ud83d\ude00\n\t\/\\\""]""", "A😀\n\t/\\\"")]
    [InlineData("""["\ud83d alone"]""", "\\ud83d alone")]
    [InlineData("""["\ude00\ud83d"]""", "\\ude00\\ud83d")]
    [InlineData("""["\u0000"]""", "\0")]
    public void Value_OfAString_IsItsOwnText(string json, string text) => Assert.Equal(text, JsonRows.Read(json).Value(1));

    [Theory]
    [InlineData("{broken", "line 1, byte 2")]
    [InlineData("", "line 1")]
    [InlineData("{}\n{}", "line 2, byte 1")]
    [InlineData("[1,\n 2,]", "line 2, byte 4")]
    [InlineData("// no comment\n1", "line 1, byte 1")]
    public void Read_WhatIsNotJson_SaysWhere(string text, string where)
    {
        var rows = JsonRows.Read(text);

        Assert.Equal(0, rows.Count);
        Assert.StartsWith("it is not JSON: ", rows.Problem, StringComparison.Ordinal);
        Assert.Contains(where, rows.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoThousandLevels_OverflowsNothing()
    {
        var rows = JsonRows.Read(Nested(2_000));
        var view = new JsonTreeView(rows);
        view.UnfoldAll();
        view.Find = "deepest";
        view.OnlyHits = true;
        view.Step(1);

        Assert.Equal(2_001, rows.Count);
        Assert.Equal(2_001, view.Lines.Count);
        Assert.Equal((2_000, 2_000), (view.Active, view.ActiveLine));
        Assert.StartsWith("$.a.a.a", rows.Path(2_000), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MoreValuesThanATreeShows_SaysSo()
    {
        var rows = JsonRows.Read($"[{string.Join(',', Enumerable.Repeat("1", JsonRows.Most))}]");

        Assert.Equal((0, "it holds more than 250,000 values"), (rows.Count, rows.Problem));
    }

    [Fact]
    public void Rows_OfRandomJson_HoldEveryValueUnderItsPath()
    {
        var random = new Random(20_261_126);
        for (var round = 0; round < 300; round++)
        {
            var node = RandomJson.Node(random, 0);
            var json = RandomJson.Write(random, node);
            var rows = JsonRows.Read(json);
            var expected = new List<string>();
            Walk(node, "$", expected);

            Assert.Equal(expected, Enumerable.Range(0, rows.Count).Select(i => $"{rows.Path(i)} = {(rows[i].IsContainer ? rows[i].Kind + " " + rows[i].Children : Plain(rows, i))}"));
        }
    }

    [Fact]
    public void Find_InRandomJson_FindsWhatAPlainScanFinds()
    {
        var random = new Random(20_261_127);
        var found = 0;
        for (var round = 0; round < 300; round++)
        {
            var node = RandomJson.Node(random, 0);
            var rows = JsonRows.Read(RandomJson.Write(random, node));
            var find = RandomJson.Text(random) is { Length: > 0 } text ? text[..Math.Min(text.Length, 1 + random.Next(3))] : "e";
            var scanned = new List<int>();
            var at = 0;
            Scan(node, null, find, scanned, ref at);
            found += scanned.Count;

            Assert.Equal(scanned, rows.Find(find));
            Assert.Equal(scanned, rows.Find(find.ToUpperInvariant()));
        }

        Assert.True(found > 100, $"Only {found} places: this test proves little.");
        Assert.Empty(JsonRows.Read("""{"":""}""").Find(""));
    }

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Repeat("""{"a":""", levels)) + "\"deepest\"" + new string('}', levels);

    private static string Plain(JsonRows rows, int row) => rows[row].Kind == JsonValueKind.String ? $"\"{rows.Value(row)}\"" : rows.Value(row);

    private static void Walk(JsonNode? node, string path, List<string> lines)
    {
        switch (node)
        {
            case JsonObject o:
                lines.Add($"{path} = Object {o.Count}");
                foreach (var (key, value) in o)
                    Walk(value, path + JsonTexts.Member(key), lines);
                break;
            case JsonArray a:
                lines.Add($"{path} = Array {a.Count}");
                for (var i = 0; i < a.Count; i++)
                    Walk(a[i], $"{path}[{i}]", lines);
                break;
            default:
                lines.Add($"{path} = {(node?.GetValueKind() == JsonValueKind.String ? $"\"{node.GetValue<string>()}\"" : node?.ToJsonString() ?? "null")}");
                break;
        }
    }

    private static void Scan(JsonNode? node, string? key, string find, List<int> found, ref int at)
    {
        var own = node is JsonObject or JsonArray ? null : node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString() ?? "null";
        if ((key?.Contains(find, StringComparison.OrdinalIgnoreCase) ?? false) || (own?.Contains(find, StringComparison.OrdinalIgnoreCase) ?? false))
            found.Add(at);
        at++;
        if (node is JsonObject o)
        {
            foreach (var (name, value) in o)
                Scan(value, name, find, found, ref at);
        }
        else if (node is JsonArray a)
        {
            foreach (var value in a)
                Scan(value, null, find, found, ref at);
        }
    }
}

/// <summary>JSON of every shape, by chance.</summary>
internal static class RandomJson
{
    private static readonly string[] Texts = ["", "error", "Ünï 終", "a\"b\\c", "line\nline\r\n", "😀 e\u0301", "<script>", "\u202eabc", "null", "x.y[0]", "it's", "\u2028", "\0"];
    private static readonly JavaScriptEncoder[] Encoders = [JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping];

    public static JsonNode? Node(Random random, int depth) => random.Next(depth > 5 ? 5 : 8) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-1_000, 1_000),
        3 => random.NextDouble(),
        4 => Text(random),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Node(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(5)).Select(i => KeyValuePair.Create(Text(random) + i, Node(random, depth + 1)))),
    };

    public static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Texts[random.Next(Texts.Length)]));

    public static string Write(Random random, JsonNode? node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = random.Next(2) == 0, Encoder = Encoders[random.Next(Encoders.Length)] }))
        {
            if (node is null)
                writer.WriteNullValue();
            else
                node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
