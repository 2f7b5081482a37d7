namespace Duyetbot.Dashboard.Demo;

/// <summary>What goes wrong: errors of steps and of events, with numbers and ids that differ from time to time.</summary>
internal static class DemoErrors
{
    private static readonly (string Type, string Message)[] Kinds =
    [
        ("TimeoutError", "upstream 504 after 30,000 ms"),
        ("RateLimitError", "tool web.search: 429 rate limited, retry after §n s"),
        ("D1Error", "D1_ERROR: query exceeded 15 s (request §id)"),
        ("ContextLengthError", "context length §k exceeds 200000 tokens"),
        ("ProviderError", "model returned no choices"),
        ("HttpError", "HTTP 403: secondary rate limit (request §id)"),
        ("TelegramError", "Telegram sendMessage 400: can't parse entities at byte offset §k"),
        ("HealthCheckError", "deployer: health check failed on port 8080 after §n tries"),
        ("FetchError", "fetch failed: ECONNRESET 10.0.§n.§n:443"),
        ("SyntaxError", "Unexpected token in tool arguments at position §n"),
    ];

    /// <summary>Fails one step of the chain, the event with it, and sometimes only the step.</summary>
    public static void Fail(DemoRandom random, DemoChain chain, DemoEvent @event, bool stepOnly)
    {
        var (type, message) = random.Pick(Kinds);
        message = DemoTexts.Fill(message, random);
        var steps = chain.Steps.SelectMany(s => s.Tree()).ToList();
        var failed = steps.Count > 2 ? steps[random.Between(1, steps.Count - 1)] : steps[^1];
        if (stepOnly || random.Chance(0.85))
            failed.Error = message;
        if (stepOnly)
            return;
        @event.Status = "error";
        @event.ErrorType = type;
        @event.ErrorMessage = failed.Error is null ? message : $"{failed.Name}: {message}";
    }
}
