using Dapper;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.BrowserTests.Support;

/// <summary>Fills the database behind the pages.</summary>
public static class DemoData
{
    public static Task FillAsync(TestDatabase database)
    {
        database.GivenPrice("claude-sonnet", 0.003, 0.015);
        for (var c = 0; c < 60; c++)
        {
            for (var i = 0; i < 6; i++)
            {
                var at = TestDatabase.Now - c * 7_200_000L - (6 - i) * 60_000;
                var user = $"{100 + c % 7}";
                var failed = c % 9 == 3 && i == 5;
                var ev = i % 2 == 1
                    ? database.GivenEvent(at: at, durationMs: 4200L, status: failed ? "error" : "success", error: failed ? "tool failed" : null, user: user, username: "u" + user, model: "claude-sonnet", input: 1200L, output: 300L,
                        agents: """[{"name":"router","type":"agent","duration_ms":200,"input_tokens":100,"output_tokens":20},{"name":"orchestrator","type":"agent","duration_ms":4000,"input_tokens":500,"output_tokens":180,"workers":[{"name":"sql","type":"worker","duration_ms":1200,"input_tokens":600,"output_tokens":100}]}]""")
                    : null;
                database.GivenMessage($"telegram:{user}:{c}", i + 1, i % 2 == 0 ? "user" : "assistant", $"Message {i} of {c}", ev, input: i % 2 == 1 ? 1200 : 0, output: i % 2 == 1 ? 300 : 0, at: at, user: user, username: "u" + user);
            }
        }

        return Task.CompletedTask;
    }
}
