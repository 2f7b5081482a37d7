using Dapper;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Features.Traces;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Usage;

/// <summary>A random database behind the running product, and the rows behind its addresses, listed by the product and added up here.</summary>
public sealed class DrilledDatabase : IAsyncLifetime
{
    private static readonly string[] Models = ["priced", "a/b:free", "Mô hình & co", "<img src=x>", "m5", "m6", "m7", "m8", "m9", "m10", ""];
    private static readonly string[] Agents = ["router", "search", "search & find", "a", "b", "c", "d", "e", "f", "g", "h"];

    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, RowSums> _known = [];

    /// <summary>The rows.</summary>
    public TestDatabase Database { get; } = new();

    /// <summary>The product.</summary>
    public TestServer Server { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        GivenRandomRows();
        Server = await TestServer.StartAsync(Database.File);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Database.Dispose();
    }

    /// <summary>Lists the rows of an address, as the pages read it, and adds them up.</summary>
    public async Task<RowSums> FollowAsync(string address)
    {
        if (!_known.TryGetValue(address, out var sums))
            _known[address] = sums = await ListAsync(address);
        return sums;
    }

    private async Task<RowSums> ListAsync(string address)
    {
        var reader = QueryReader.FromUri(address);
        var range = TimeRange.Read(reader, DateTimeZone.Utc, Instant.FromUnixTimeMilliseconds(TestDatabase.Now));
        return address.StartsWith(Urls.Messages + "?", StringComparison.Ordinal)
            ? await MessagesAsync(MessageFilter.Read(reader, range.From, range.To, range.Zone))
            : await StepsAsync(EventFilter.Read(reader, range.Zone));
    }

    private async Task<RowSums> MessagesAsync(MessageFilter filter)
    {
        var rows = new List<MessageRow>();
        await foreach (var row in Server.Services.GetRequiredService<MessageQueries>().StreamAsync(filter, TestContext.Current.CancellationToken))
            rows.Add(row);
        var listed = new RowSums
        {
            Rows = rows.Count,
            InputTokens = rows.Sum(r => r.InputTokens),
            OutputTokens = rows.Sum(r => r.OutputTokens),
            CachedTokens = rows.Sum(r => r.CachedTokens),
            ReasoningTokens = rows.Sum(r => r.ReasoningTokens),
            UnpricedTokens = rows.Sum(r => r.UnpricedTokens),
            PricedUsd = rows.Sum(r => r.EstimatedCostUsd ?? 0),
            Conversations = rows.Select(r => r.SessionId).Distinct().Count(),
            Users = rows.Select(r => r.UserId).Where(u => u is not null).Distinct().Count(),
        };
        AssertSame(listed, await Server.Services.GetRequiredService<MessageSumQueries>().GetSumsAsync(filter, TestContext.Current.CancellationToken));
        return listed;
    }

    private async Task<RowSums> StepsAsync(EventFilter filter)
    {
        var events = new HashSet<string>();
        await foreach (var row in Server.Services.GetRequiredService<EventQueries>().StreamEventsAsync(filter, EventSort.Default, TestContext.Current.CancellationToken))
            events.Add(row.EventId);
        var steps = _steps.Where(s => events.Contains(s.EventId)
            && (filter.Agent is null || s.AgentName == filter.Agent)
            && (filter.Messages?.Model is null || s.Model == filter.Messages.Model)
            && filter.Rules.All(r => r.Kind switch { KeyRuleKind.None => s.AgentName is null, KeyRuleKind.Blank => s.AgentName == "", KeyRuleKind.Any => s.AgentName is not null, _ => s.AgentName != r.Value })).ToList();
        var listed = new RowSums
        {
            Rows = steps.Count,
            InputTokens = steps.Sum(s => s.InputTokens),
            OutputTokens = steps.Sum(s => s.OutputTokens),
            CachedTokens = steps.Sum(s => s.CachedTokens),
            ReasoningTokens = steps.Sum(s => s.ReasoningTokens),
            UnpricedTokens = steps.Sum(s => s.UnpricedTokens),
            PricedUsd = steps.Sum(s => s.EstimatedCostUsd ?? 0),
            Conversations = steps.Select(s => s.SessionId).Where(c => c is not null).Distinct().Count(),
            Users = steps.Select(s => s.UserId).Where(u => u is not null).Distinct().Count(),
        };
        Assert.All(events, e => Assert.Contains(steps, s => s.EventId == e));
        AssertSame(listed, await Server.Services.GetRequiredService<StepSumQueries>().GetSumsAsync(filter, TestContext.Current.CancellationToken));
        return listed;
    }

    // A sum of USD depends on the order of its parts in the last digits.
    private static void AssertSame(RowSums listed, RowSums summed)
    {
        Assert.Equal(listed.PricedUsd, summed.PricedUsd, 1e-9);
        Assert.Equal(listed with { PricedUsd = 0 }, summed with { PricedUsd = 0 });
    }

    // Over the end of daylight saving in Berlin, with what real data has: no model, no user, no source, no event, archived rows, odd names; fixed seed.
    private void GivenRandomRows()
    {
        Database.Connection.Execute("BEGIN;");
        Database.GivenPrice("priced", input: 1.1, output: 2.7, cached: 0.3);
        Database.GivenPrice("m5", input: 0.013, output: 0.0217);
        var random = new Random(42);
        var start = Instant.FromUtc(2026, 10, 20, 0, 0).ToUnixTimeMilliseconds();
        for (var i = 0; i < 260; i++)
        {
            var at = start + random.NextInt64(11 * 86_400_000L);
            var eventId = random.Next(3) == 0 ? null : Database.GivenEvent(
                $"event-{i}", source: $"source-{random.Next(10)}", at: at, status: random.Next(8) == 0 ? "error" : "success", user: $"u{random.Next(12)}",
                model: random.Next(4) == 0 ? null : Models[random.Next(Models.Length)], agents: AgentsOf(random));
            if (eventId is not null && random.Next(9) == 0)
                continue;
            var input = random.Next(3000);
            Database.GivenMessage(
                $"s{random.Next(20)}", i, new[] { "user", "assistant", "tool", "system" }[random.Next(4)], eventId: eventId, input: input, output: random.Next(700), cached: input / 3, reasoning: random.Next(50),
                model: random.Next(5) == 0 ? null : Models[random.Next(Models.Length)], at: at + random.Next(60_000), user: random.Next(6) == 0 ? null : $"u{random.Next(12)}",
                platform: new[] { "github", "cli", "telegram", "web", "p5", "p6", "p7", "p8", "p9" }[random.Next(9)], archived: random.Next(9) == 0);
        }

        Database.Connection.Execute("COMMIT;");
        _steps.AddRange(Database.Connection.Query<Step>(
            """
            SELECT s.event_id, s.agent_name, s.model, s.user_id, s.input_tokens, s.output_tokens, s.cached_tokens, s.reasoning_tokens, s.unpriced_tokens, s.estimated_cost_usd,
              (SELECT n.session_id FROM chat_messages n WHERE n.event_id = s.event_id ORDER BY n.id LIMIT 1) AS session_id
            FROM analytics_agent_steps_view s
            """));
    }

    private static string? AgentsOf(Random random)
    {
        if (random.Next(6) == 0)
            return random.Next(2) == 0 ? null : "not json";
        return $"[{StepOf(random, $",\"workers\":[{StepOf(random, "")},{StepOf(random, "")}]")}]";
    }

    private static string StepOf(Random random, string more)
    {
        var name = random.Next(9) == 0 ? "" : $"\"name\":\"{Agents[random.Next(Agents.Length)]}\",";
        var model = random.Next(3) == 0 ? $"\"model\":\"{(random.Next(2) == 0 ? "priced" : "m6")}\"," : "";
        return $"{{{name}{model}\"duration_ms\":5,\"input_tokens\":{random.Next(900)},\"output_tokens\":{random.Next(90)}{more}}}";
    }

    private sealed record Step
    {
        public string EventId { get; init; } = "";

        public string? AgentName { get; init; }

        public string? Model { get; init; }

        public string? UserId { get; init; }

        public string? SessionId { get; init; }

        public long InputTokens { get; init; }

        public long OutputTokens { get; init; }

        public long CachedTokens { get; init; }

        public long ReasoningTokens { get; init; }

        public long UnpricedTokens { get; init; }

        public double? EstimatedCostUsd { get; init; }
    }
}
