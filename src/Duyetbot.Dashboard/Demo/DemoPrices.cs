namespace Duyetbot.Dashboard.Demo;

/// <summary>One dated price in USD per 1,000 tokens.</summary>
internal sealed record DemoPrice(string Model, string Provider, double Input, double Output, double Cached, long From, long? To, string? Notes);

/// <summary>The models of the made-up data and what they cost.</summary>
internal static class DemoPrices
{
    /// <summary>The model that has no price on purpose.</summary>
    public const string Unpriced = "qwen3-235b-a22b:free";

    /// <summary>The models that answer.</summary>
    public static readonly string[] Models = ["claude-sonnet-4.5", "grok-4.1-fast", "gpt-5-mini", "gemini-2.5-flash", "deepseek-v3.2", Unpriced];

    /// <summary>How often each of <see cref="Models"/> is chosen.</summary>
    public static readonly double[] Weights = [.30, .29, .19, .14, .075, .005];

    /// <summary>Prices from long before the period on; one of them changes in its middle.</summary>
    public static IReadOnlyList<DemoPrice> For(DemoOptions options)
    {
        var from = options.StartMs - (90 * DemoRhythm.DayMs);
        from -= from % DemoRhythm.DayMs;
        var middle = options.StartMs + ((options.EndMs - options.StartMs) / 2);
        middle -= middle % DemoRhythm.DayMs;
        return
        [
            new("claude-sonnet-4.5", "anthropic", 0.003, 0.015, 0.0003, from, null, null),
            new("grok-4.1-fast", "x-ai", 0.0002, 0.0005, 0.00005, from, null, null),
            new("gpt-5-mini", "openai", 0.00025, 0.002, 0.000025, from, null, null),
            new("gemini-2.5-flash", "google", 0.0003, 0.0025, 0.00003, from, null, null),
            new("deepseek-v3.2", "deepseek", 0.00028, 0.00042, 0.000028, from, middle, "list price"),
            new("deepseek-v3.2", "deepseek", 0.00021, 0.00032, 0.000021, middle, null, "price cut"),
        ];
    }

    /// <summary>True for models that think before they answer.</summary>
    public static bool Reasons(string model) => model is "gpt-5-mini" or "grok-4.1-fast" or "deepseek-v3.2" or Unpriced;
}
