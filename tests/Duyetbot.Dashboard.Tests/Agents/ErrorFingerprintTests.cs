using Duyetbot.Dashboard.Features.Agents;

namespace Duyetbot.Dashboard.Tests.Agents;

public sealed class ErrorFingerprintTests
{
    [Theory]
    [InlineData("upstream 504 after 30,000 ms", "upstream # after # ms")]
    [InlineData("timeout after 1.5s", "timeout after #s")]
    [InlineData("D1_ERROR: query exceeded 15 s (request 9f3b21c)", "D1_ERROR: query exceeded # s (request #)")]
    [InlineData("D1_ERROR: query exceeded 15 s (request 1234567)", "D1_ERROR: query exceeded # s (request #)")]
    [InlineData("trace 01JDCH8W3N5Q7R9T1V3X5Z6Q2F lost", "trace # lost")]
    [InlineData("session 6fa459ea-ee8a-3ca4-894e-db77e160355e is gone", "session # is gone")]
    [InlineData("session 6FA459EA-EE8A-3CA4-894E-DB77E160355E is gone", "session # is gone")]
    [InlineData("bad pointer 0xDEADBEEF", "bad pointer #")]
    [InlineData("fetch failed: ECONNRESET 10.0.3.14:443", "fetch failed: ECONNRESET #")]
    [InlineData("GET https://api.example.com/v1/x?id=5 failed", "GET <url> failed")]
    [InlineData("ENOENT: no such file '/tmp/a b/17.json'", "ENOENT: no such file <path>")]
    [InlineData("cannot open \"C:\\temp\\x.db\"", "cannot open <path>")]
    [InlineData("mail to ann.lee+x@example.co.uk bounced", "mail to <email> bounced")]
    [InlineData("expired at 2026-11-23T09:14:22.280Z", "expired at #")]
    [InlineData("call_9f8e7d6c5b failed", "# failed")]
    [InlineData("user 17 and user 18", "user # and user #")]
    [InlineData("  two\n lines\t ", "two lines")]
    [InlineData("", "")]
    public void Of_AMessage_LosesNumbersAndIds(string message, string expected) => Assert.Equal(expected, ErrorFingerprint.Of(message));

    [Theory]
    [InlineData("model returned no choices")]
    [InlineData("can't parse entities, it's I/O")]
    [InlineData("utf8 decode error in HTTP2 frame of D1_ERROR")]
    [InlineData("decade facade feedback")]
    [InlineData("không tìm thấy: 見つかりません")]
    public void Of_AMessageWithoutNumbers_KeepsIt(string message) => Assert.Equal(message, ErrorFingerprint.Of(message));

    [Fact]
    public void Of_AFingerprint_IsItself()
    {
        var once = ErrorFingerprint.Of("GET https://x.y/1 took 12 ms at '/a/b', id 9f3b21c");

        Assert.Equal(once, ErrorFingerprint.Of(once));
    }

    [Fact]
    public void Of_ALongHostileMessage_EndsAndIsCut()
    {
        foreach (var part in new[] { "'a/", "\"", "1a", "http://", "1,", "a@b.", "-", "_9" })
            Assert.True(ErrorFingerprint.Of(string.Concat(Enumerable.Repeat(part, 2_000 / part.Length))).Length <= 300);
    }

    [Fact]
    public void Key_OfAgentAndFingerprint_TellsBothApart()
    {
        var key = ErrorFingerprint.Key("a", "x");

        Assert.Matches("^[0-9a-f]{12}$", key);
        Assert.Equal(key, ErrorFingerprint.Key("a", "x"));
        Assert.NotEqual(key, ErrorFingerprint.Key("b", "x"));
        Assert.NotEqual(key, ErrorFingerprint.Key("a", "y"));
        Assert.NotEqual(key, ErrorFingerprint.Key(null, "x"));
    }
}
