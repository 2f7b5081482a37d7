namespace Duyetbot.Dashboard.Demo;

/// <summary>An event's chain of agents: from one agent to an orchestrator with workers of workers.</summary>
internal sealed class DemoChain
{
    private const string RouterModel = "gemini-2.5-flash";

    private readonly DemoRandom _random;
    private readonly double _factor;

    private DemoChain(DemoRandom random, double factor) => (_random, _factor) = (random, factor);

    /// <summary>The first level, in order.</summary>
    public List<DemoStep> Steps { get; } = [];

    /// <summary>low, medium or high, as the bot's classifier says.</summary>
    public string Complexity { get; private set; } = "low";

    /// <summary>The names of the tools that were called, in order.</summary>
    public List<string> ToolNames { get; } = [];

    /// <summary>Milliseconds from the first step's start to the last one's end.</summary>
    public long DurationMs => Steps.Count == 0 ? 0 : Steps.Max(s => s.Offset + s.DurationMs);

    /// <summary>Makes a chain.</summary>
    /// <param name="random">Where chance comes from.</param>
    /// <param name="model">The model that answers.</param>
    /// <param name="tools">The tools that the conversation shows as messages.</param>
    /// <param name="factor">Times more tokens than usual.</param>
    public static DemoChain Make(DemoRandom random, string model, IReadOnlyList<string> tools, double factor)
    {
        var chain = new DemoChain(random, factor);
        chain.ToolNames.AddRange(tools);
        if (random.Chance(tools.Count > 1 ? 0.24 : 0.022))
            chain.Orchestrated(model);
        else if (random.Chance(0.07))
            chain.Add(chain.Step("simple", "agent", model, 900, 160, 2_200));
        else
            chain.Simple(model, tools);
        return chain;
    }

    private void Simple(string model, IReadOnlyList<string> tools)
    {
        Add(Step("router", "agent", RouterModel, 420, 26, 480));
        if (tools.Count == 0)
        {
            Add(Step(_random.Chance(0.8) ? "simple" : _random.Pick(["translator", "code-helper", "writer"]), "agent", model, 880, 190, 2_300));
            return;
        }

        Complexity = "medium";
        Add(Step(_random.Pick(["tool-user", "code-helper", "repo-reader"]), "agent", model, 1_700, 260, 3_600, [.. tools.Distinct()], tools.Count));
    }

    private void Orchestrated(string model)
    {
        Complexity = "high";
        Add(Step("router", "agent", RouterModel, 1_500, 60, 560));
        var lead = Step("orchestrator", "agent", model, 4_800, 620, 700);
        Under(lead, Step("planner", "worker", "gpt-5-mini", 2_000, 420, 2_600));
        if (_random.Chance(0.8))
            Under(lead, Step("repo-reader", "worker", "gemini-2.5-flash", 6_400, 380, 4_200, ["github.get_file", "github.search_code"], _random.Between(1, 4)));
        if (_random.Chance(0.45))
            Searches(lead, _random.Chance(0.12) ? _random.Between(9, 24) : 8);
        if (_random.Chance(0.6))
            Analyst(lead);
        if (_random.Chance(0.35))
            Under(lead, Step("web-search", "worker", _random.Chance(0.3) ? DemoPrices.Unpriced : "grok-4.1-fast", 2_600, 300, 3_400, ["web.search"], _random.Between(1, 5)));
        if (_random.Chance(0.4))
            Under(lead, Step("test-runner", "worker", "grok-4.1-fast", 1_900, 200, 3_600, ["sandbox.run"], 1));
        Under(lead, Step("summariser", "worker", model, 2_600, 420, 2_300));
        Add(lead);
        var responder = Step("responder", "agent", "gpt-5-mini", 2_100, 320, 900);
        if (_random.Chance(0.5))
            Under(responder, Step("dịch-sang-tiếng-việt", "worker", "gemini-2.5-flash", 700, 260, 1_500));
        Add(responder);
    }

    // Alike siblings that run side by side.
    private void Searches(DemoStep lead, int count)
    {
        var start = lead.DurationMs;
        for (var i = 0; i < count; i++)
        {
            var search = Step("code-search", "worker", "gemini-2.5-flash", 560, 60, 1_300, ["github.search_code"], 1);
            search.Offset = start + _random.Between(0, 60);
            lead.Workers.Add(search);
            lead.DurationMs = Math.Max(lead.DurationMs, search.Offset + search.DurationMs);
        }
    }

    // A worker with a worker that has a worker.
    private void Analyst(DemoStep lead)
    {
        var analyst = Step("sql-analyst", "worker", "gpt-5-mini", 5_200, 760, 1_100, ["d1.query", "d1.explain"], _random.Between(1, 4));
        if (_random.Chance(0.6))
        {
            var retry = Step("sql-analyst/repair-and-retry-with-smaller-window", "worker", "gpt-5-mini", 1_500, 380, 1_100);
            if (_random.Chance(0.4))
                Under(retry, Step("schema-reader", "worker", "gemini-2.5-flash", 900, 80, 700, ["d1.schema"], 1));
            Under(analyst, retry);
        }

        Under(lead, analyst);
    }

    private void Add(DemoStep step)
    {
        step.Offset = DurationMs;
        Steps.Add(step);
    }

    private static void Under(DemoStep parent, DemoStep worker)
    {
        worker.Offset = parent.DurationMs;
        parent.Workers.Add(worker);
        parent.DurationMs += worker.DurationMs;
    }

    private DemoStep Step(string name, string type, string model, int input, int output, int milliseconds, string[]? tools = null, int calls = 0)
    {
        var inputs = Math.Max(12, (long)(_random.LogNormal(input, 0.45) * _factor));
        var outputs = Math.Max(3, (long)(_random.LogNormal(output, 0.6) * Math.Sqrt(_factor)));
        return new DemoStep
        {
            Name = name,
            Type = type,
            Model = model,
            Input = inputs,
            Output = outputs,
            // Providers cache in blocks of 128 tokens.
            Cached = _random.Chance(0.55) ? (long)(inputs * (0.2 + (0.7 * _random.Fraction()))) / 128 * 128 : 0,
            Reasoning = DemoPrices.Reasons(model) && _random.Chance(0.7) ? (long)(outputs * (0.15 + (0.5 * _random.Fraction()))) : 0,
            DurationMs = Math.Clamp((long)_random.LogNormal(milliseconds * (_random.Chance(0.012) ? 6 : 1), 0.62), 180, 58_000),
            Tools = tools,
            ToolCalls = calls,
        };
    }
}
