using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>Rows that no page may stumble over, beside the demo's.</summary>
public static class OddRows
{
    private const string Hostile =
        """
        <script>globalThis.hacked = 1</script><img src=x onerror="globalThis.hacked = 2"><svg onload="globalThis.hacked = 3"></svg>
        ![pixel](https://tracker.example/pixel.png) [click](javascript:globalThis.hacked=4) <iframe src="https://tracker.example"></iframe>
        <a href="jAvAsCrIpT:alert(1)">x</a> <style>@import "https://tracker.example/x.css";</style> <b style="background:url(https://tracker.example/y)">b</b>
        """;

    /// <summary>Inserts them, older than every demo row that a test looks for.</summary>
    public static void Insert(TestDatabase database)
    {
        var at = TestDatabase.Now - (20 * 86_400_000L);
        database.GivenEvent(Samples.BrokenEventId, at: at, agents: "[{\"name\": \"router\", ", inputText: "input of the broken event", durationMs: 1L);
        database.GivenMessage(Samples.OddConversationId, 1, "user", Hostile, at: at, username: "<b>&amp;", platform: "github");
        database.GivenMessage(Samples.OddConversationId, 2, "assistant", Hostile + "\u202e\u0000 end", Samples.BrokenEventId, at: at + 1, input: long.MaxValue, output: -5, model: "<i>model</i>");
    }
}
