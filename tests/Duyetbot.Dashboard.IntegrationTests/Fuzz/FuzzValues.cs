using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Fuzz;

/// <summary>Texts for a slot: right ones, odd ones, and such that have broken other programs.</summary>
internal sealed class FuzzValues(IReadOnlyDictionary<string, IReadOnlyList<string>> known)
{
    private static readonly string[] Odd =
    [
        "", " ", "0", "-1", "1", "500", "501", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e308", "NaN", "Infinity", "-0", "٣", "TRUE", "true ", "null", "undefined", "all", "true",
        "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.999Z", "2026-02-30", "-9998-01-01", "2026-03-29T02:30", "2026-11-23T12:00:00+14:00", "2026-11-23T12:00:00-18:00", "253402300799999", "253402300800000", "-62135596800000", "-62135596800001",
        "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Etc/GMT+12", "utc", "model", "agent", "model:", "agent:x", ":", "tokens:1", "plain", "q=a&archived=all", "not=model:x&weekday=mon&hour=3", "messages=plain", "weekday=mon",
    ];

    private static readonly string[] Hostile =
    [
        "' OR 1=1 --", "\"; SELECT 1", "\"", "\"open", "\"\"", "*", "a*", "*a", "^a", "-", "--a", "a AND", "NOT", "NEAR(a b, 1)", "(", ")", "{a b}: c", "content:a", "a + b", "a\"b*", "%", "_", "\\", "a\\%b", "[a-z]", "?", "@p", "$x", ":x",
        "\0", "a\0b", "\u0001", "\u001b[31m", "\r\nX-Injected: 1", "\u202Egnp.exe", "\uFEFF", "\uFFFF", "😀", "👩‍👩‍👧‍👦", "e\u0301", "ﬀ", "İ", "ß", "中文搜索", "ไทยแลนด์", "日本", "ا\u0644\u0644\u0647",
        "<script>alert(1)</script>", "{{7*7}}", "${jndi:x}", "../../etc/passwd", "..", ".", "/", "a/b", "a//b", "%2F", "%252e", ";", "&", "=", "#", "+", "-last_message_at", "--last_message_at", "+ triggered_at",
    ];

    private static readonly string[] Raw = ["%", "%z", "%zz", "%0", "%00", "%ED%A0%80", "%FF%FE", "%C0%AF", "%F4%90%80%80", "%E2%82", "%u0041", "+", "%2B", "%25%32%46", "%0d%0a", "a%", "%%%"];

    /// <summary>A value for a query string, percent-encoded, or with garbage in place of the encoding.</summary>
    public string Encoded(Random random, FuzzSlot slot) =>
        random.Next(100) < 6 ? Raw[random.Next(Raw.Length)] : Uri.EscapeDataString(Text(random, slot));

    /// <summary>A value as text.</summary>
    public string Text(Random random, FuzzSlot slot) => random.Next(100) switch
    {
        < 62 => Right(random, slot),
        < 78 => Odd[random.Next(Odd.Length)],
        < 94 => Hostile[random.Next(Hostile.Length)],
        < 96 => new string((char)random.Next('!', '~'), random.Next(999, 1002)),
        < 98 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => new Rune(Scalar(random)).ToString())),
        _ => Cursor(random),
    };

    /// <summary>A value that the description allows.</summary>
    public string Right(Random random, FuzzSlot slot)
    {
        if (slot.Words.Count > 0)
            return slot.Words[random.Next(slot.Words.Count)];
        if (known.TryGetValue(slot.Name, out var texts) && texts.Count > 0)
            return texts[random.Next(texts.Count)];
        return (slot.Type, slot.Name) switch
        {
            ("boolean", _) => random.Next(2) == 0 ? "true" : "false",
            (_, "limit") => random.Next(1, 40).ToString(CultureInfo.InvariantCulture),
            (_, "hour") => random.Next(24).ToString(CultureInfo.InvariantCulture),
            ("integer" or "number", _) => random.Next(5_000).ToString(CultureInfo.InvariantCulture),
            (_, "from") => Moment(random, -20, -5),
            (_, "to") => Moment(random, -5, 3),
            (_, "timezone") => random.Next(2) == 0 ? "Asia/Ho_Chi_Minh" : "Europe/Berlin",
            (_, "not") => "model:gpt-5",
            (_, "q") => random.Next(3) switch { 0 => "error", 1 => "\"the model\"", _ => "lỗi" },
            (_, "messages") => "platform=telegram",
            _ => "text",
        };
    }

    private static string Moment(Random random, int from, int to)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(TestDatabase.Now).AddHours(random.Next(from * 24, to * 24));
        return random.Next(3) switch
        {
            0 => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            1 => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
    }

    private static string Cursor(Random random)
    {
        string[] sorts = ["-last_message_at", "+last_message_at", "last_message_at", "-triggered_at", "-total_tokens", "timestamp", "sequence", "id", "model"];
        string[] values = ["0", "null", "\"x\"", "1e308", "-1", "[]", "9223372036854775807", "1e400"];
        string[] ids = ["\"x\"", "\"[1,2]\"", "\"[null,null]\"", "\"[]\"", "\"{}\"", "\"[{},1]\"", "\"[1e400,1]\"", "\"\"", "7", "null", "\"\\ud800\"", "\"[\\\"a\\\",\\\"b\\\"]\""];
        var json = $"[\"{sorts[random.Next(sorts.Length)]}\",{values[random.Next(values.Length)]},{ids[random.Next(ids.Length)]}]";
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private static int Scalar(Random random)
    {
        var scalar = random.Next(4) == 0 ? random.Next(0x10FFFF) : random.Next(0x3000);
        return Rune.IsValid(scalar) ? scalar : 0xFFFD;
    }
}
