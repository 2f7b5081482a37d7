namespace Duyetbot.Dashboard.Demo;

/// <summary>Tool messages: JSON as the tools answer it.</summary>
internal static class DemoTools
{
    private static readonly string[] Names = ["github.search_code", "d1.query", "web.search", "github.get_file", "kv.get", "sandbox.run"];

    /// <summary>The names of the tools that a turn calls; most turns call none.</summary>
    public static List<string> Choose(DemoRandom random)
    {
        var names = new List<string>();
        if (random.Chance(0.34))
        {
            do
                names.Add(random.Pick(Names));
            while (names.Count < 5 && random.Chance(0.42));
        }

        return names;
    }

    /// <summary>One more tool call, to fill up a turn.</summary>
    public static string One(DemoRandom random) => random.Pick(Names);

    /// <summary>What the tool answered.</summary>
    public static string Answer(DemoRandom random, string tool) => DemoTexts.Fill(
        tool switch
        {
            "github.search_code" => """{"tool":"github.search_code","query":"orders_by_day","total":§n,"items":[{"path":"src/§svc/orders.ts","line":§n,"fragment":"where date(created_at) = ?"},{"path":"src/§svc/report.sql","line":§n,"fragment":"group by 1 -- §id"}]}""",
            "d1.query" when random.Chance(0.06) => """{"tool":"d1.query","success":false,"error":"D1_ERROR: query exceeded 15 s","meta":{"duration":15003,"rows_read":§k}}""",
            "d1.query" => """{"tool":"d1.query","success":true,"results":[{"service":"§svc","count":§k,"p95_ms":§ms},{"service":"§svc","count":§n,"p95_ms":§ms}],"meta":{"duration":§n,"rows_read":§k}}""",
            "web.search" => """{"tool":"web.search","results":[{"title":"SQLite query planner","url":"https://sqlite.org/queryplanner.html","score":0.§n},{"title":"Workers limits","url":"https://developers.cloudflare.com/workers/platform/limits/","score":0.§n}]}""",
            "github.get_file" => """{"tool":"github.get_file","path":"src/§svc/retry.ts","ref":"§id","size":§k,"content":"export const RETRIES = §n;\nexport const TIMEOUT_MS = §ms;\n"}""",
            "kv.get" => """{"tool":"kv.get","key":"session:§id","value":{"lang":"vi","tz":"Asia/Ho_Chi_Minh","turns":§n},"hit":true}""",
            _ => """{"tool":"sandbox.run","exit_code":0,"stdout":"§n passed, 0 failed in §ms ms\n","stderr":""}""",
        },
        random);
}
