using System.Net;
using System.Text.Json;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.TestSupport;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Usage;

/// <summary>Every figure is compared with a plain sum over what the test inserted.</summary>
public sealed class UsageApiTests : IDisposable
{
    private const string From = "2026-10-20";
    private const string To = "2026-11-05";
    private readonly TestDatabase _database = new();
    private readonly List<Sample> _rows = [];

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kathmandu")]
    public async Task Usage_EveryGroupingAndGranularity_EqualsPlainSums(string zoneId)
    {
        GivenRandomMessages();
        await using var server = await TestServer.StartAsync(_database.File);
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var (from, to) = (ZonedDays.StartOf(new LocalDate(2026, 10, 20), zone), ZonedDays.StartOf(new LocalDate(2026, 11, 6), zone));
        var expected = _rows.Where(r => r.At >= from && r.At < to && !r.Archived).ToList();
        Assert.NotEmpty(expected);

        foreach (var (group, key) in new (string, Func<Sample, string?>)[] { ("none", _ => "all"), ("platform", r => r.Platform), ("user", r => r.User), ("model", r => r.Model), ("role", r => r.Role), ("source", r => r.Source) })
        {
            foreach (var granularity in new[] { "hour", "day", "week", "month" })
            {
                using var answer = await GetAsync(server, $"from={From}&to={To}&granularity={granularity}&group_by={group}&timezone={zoneId}");
                var series = answer.RootElement.GetProperty("series").EnumerateArray().ToList();

                AssertFigures(expected, answer.RootElement.GetProperty("totals"));
                Assert.Equal(expected.Select(key).Distinct().Order(StringComparer.Ordinal), series.Select(s => s.GetProperty("key").GetString()).Order(StringComparer.Ordinal));
                foreach (var one in series)
                {
                    var mine = expected.Where(r => key(r) == one.GetProperty("key").GetString()).ToList();
                    AssertFigures(mine, one.GetProperty("totals"));
                    var edge = from;
                    foreach (var point in one.GetProperty("points").EnumerateArray())
                    {
                        var (start, end) = (point.GetProperty("period_start").GetInt64(), point.GetProperty("period_end").GetInt64());
                        Assert.Equal(edge, start);
                        AssertFigures([.. mine.Where(r => r.At >= start && r.At < end)], point);
                        edge = end;
                    }

                    Assert.Equal(to, edge);
                }
            }
        }
    }

    [Theory]
    [InlineData("UTC", 17)]
    [InlineData("Europe/Berlin", 17)]
    public async Task Usage_Days_AreAllThereAlsoWhenEmpty(string zoneId, int days)
    {
        await using var server = await TestServer.StartAsync(_database.File);

        using var answer = await GetAsync(server, $"from={From}&to={To}&timezone={zoneId}");

        var points = answer.RootElement.GetProperty("series")[0].GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(days, points.Count);
        // The day on which Berlin's clock goes back has 25 hours.
        Assert.Equal(zoneId == "UTC" ? 24 : 25, (points[5].GetProperty("period_end").GetInt64() - points[5].GetProperty("period_start").GetInt64()) / 3_600_000);
        Assert.Equal((From, To), (answer.RootElement.GetProperty("from").GetString(), answer.RootElement.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Usage_PriceChangesInMidDay_EachMessageHasThePriceOfItsMoment()
    {
        var noon = At(2026, 11, 2, 12);
        _database.GivenPrice("m", input: 1, output: 2, to: noon);
        _database.GivenPrice("m", input: 10, output: 20, from: noon);
        _database.GivenMessage(sequence: 1, input: 1000, output: 1000, model: "m", at: noon - 1);
        _database.GivenMessage(sequence: 2, input: 1000, output: 1000, model: "m", at: noon);
        _database.GivenMessage(sequence: 3, input: 7, model: "unknown", at: noon);
        await using var server = await TestServer.StartAsync(_database.File);

        using var answer = await GetAsync(server, "from=2026-11-02&to=2026-11-02&group_by=model");

        Assert.Equal(33, answer.RootElement.GetProperty("totals").GetProperty("estimated_cost_usd").GetDouble(), 9);
        Assert.Equal(7, answer.RootElement.GetProperty("totals").GetProperty("unpriced_tokens").GetInt64());
        var unknown = answer.RootElement.GetProperty("series").EnumerateArray().Single(s => s.GetProperty("key").GetString() == "unknown");
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("totals").GetProperty("estimated_cost_usd").ValueKind);
    }

    [Fact]
    public async Task Usage_NullTokensAndArchived_CountAsTheyShould()
    {
        var at = At(2026, 11, 2, 9);
        _database.GivenBotMessage(sequence: 1, input: DBNull.Value, output: 5L, at: at);
        _database.GivenMessage(sequence: 2, input: 100, at: at, archived: true);
        await using var server = await TestServer.StartAsync(_database.File);

        Assert.Equal((5, 1), await TotalsAsync(server, ""));
        Assert.Equal((105, 2), await TotalsAsync(server, "&archived=all"));
        Assert.Equal((100, 1), await TotalsAsync(server, "&archived=true"));
    }

    [Fact]
    public async Task Usage_ByAgent_SumsTheOwnTokensOfStepsOnTheDayOfTheirEvent()
    {
        var at = At(2026, 11, 2, 23);
        _database.GivenEvent("e1", at: at, model: "m", user: "7", agents: """[{"name":"router","type":"agent","duration_ms":1,"input_tokens":10,"output_tokens":1,"workers":[{"name":"sql","type":"worker","duration_ms":1,"input_tokens":30,"output_tokens":3}]}]""");
        _database.GivenEvent("e2", at: at, agents: "not json");
        _database.GivenEvent("e3", at: at, agents: """[{"name":"router","type":"agent","duration_ms":1,"input_tokens":100,"output_tokens":0}]""");
        _database.GivenMessage(session: "telegram:7:1", eventId: "e1", input: 1, at: at);
        _database.GivenMessage(session: "telegram:8:1", eventId: "e3", input: 1, at: at, archived: true);
        await using var server = await TestServer.StartAsync(_database.File);

        using var answer = await GetAsync(server, "from=2026-11-01&to=2026-11-03&group_by=agent");

        var series = answer.RootElement.GetProperty("series").EnumerateArray().ToDictionary(s => s.GetProperty("key").GetString()!, s => s);
        Assert.Equal(["router", "sql"], series.Keys.Order());
        Assert.Equal(11, series["router"].GetProperty("totals").GetProperty("total_tokens").GetInt64());
        Assert.Equal(33, series["sql"].GetProperty("points")[1].GetProperty("total_tokens").GetInt64());
        Assert.Equal(1, series["sql"].GetProperty("totals").GetProperty("conversation_count").GetInt64());
        Assert.Equal(2, answer.RootElement.GetProperty("totals").GetProperty("step_count").GetInt64());
    }

    [Fact]
    public async Task Usage_ComparedWithThePreviousRange_SumsThatRange()
    {
        _database.GivenMessage(sequence: 1, input: 3, at: At(2026, 11, 4, 1));
        _database.GivenMessage(sequence: 2, input: 5, at: At(2026, 11, 2, 1));
        _database.GivenMessage(sequence: 3, input: 9, at: At(2026, 10, 31, 23));
        await using var server = await TestServer.StartAsync(_database.File);

        using var answer = await GetAsync(server, "from=2026-11-03&to=2026-11-04&compare=previous");
        using var alone = await GetAsync(server, "from=2026-11-03&to=2026-11-04");

        var previous = answer.RootElement.GetProperty("previous");
        Assert.Equal(3, answer.RootElement.GetProperty("totals").GetProperty("total_tokens").GetInt64());
        Assert.Equal(5, previous.GetProperty("totals").GetProperty("total_tokens").GetInt64());
        Assert.Equal(("2026-11-01", "2026-11-02"), (previous.GetProperty("from").GetString(), previous.GetProperty("to").GetString()));
        Assert.Equal(JsonValueKind.Null, alone.RootElement.GetProperty("previous").ValueKind);
    }

    [Theory]
    [InlineData("platform=github", 2)]
    [InlineData("user_id=5", 4)]
    [InlineData("username=ann", 8)]
    [InlineData("model=m", 16)]
    [InlineData("visibility=public", 32)]
    [InlineData("q=needle", 64)]
    public async Task Usage_Filter_CountsOnlyWhatPasses(string filter, long tokens)
    {
        var at = At(2026, 11, 2, 9);
        _database.GivenMessage(sequence: 1, input: 1, at: at);
        _database.GivenMessage(sequence: 2, input: 2, at: at, platform: "github");
        _database.GivenMessage(sequence: 3, input: 4, at: at, user: "5");
        _database.GivenMessage(sequence: 4, input: 8, at: at, username: "ann");
        _database.GivenMessage(sequence: 5, input: 16, at: at, model: "m");
        _database.GivenMessage(sequence: 6, input: 32, at: at, visibility: "public");
        _database.GivenMessage(sequence: 7, input: 64, at: at, content: "a NEEDLE in it");
        await using var server = await TestServer.StartAsync(_database.File);

        Assert.Equal((tokens, 1), await TotalsAsync(server, "&" + filter));
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-11-05&to=2026-11-04", "to")]
    [InlineData("granularity=minute", "granularity")]
    [InlineData("group_by=colour", "group_by")]
    [InlineData("timezone=Mars/Olympus", "timezone")]
    [InlineData("compare=next", "compare")]
    [InlineData("archived=maybe", "archived")]
    [InlineData("nonsense=1", "nonsense")]
    [InlineData("from=1700-01-01&to=2026-01-01", "from")]
    [InlineData("from=2000-01-01&to=2026-01-01&granularity=hour", "granularity")]
    [InlineData("from=9223372036854775807", "from")]
    public async Task Usage_WrongParameter_IsNamed(string query, string name)
    {
        await using var server = await TestServer.StartAsync(_database.File);

        using var response = await server.Client.GetAsync($"/api/v1/usage?{query}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"detail\":\"{name}: ", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UsageCsv_SameRows_AsTheApi()
    {
        GivenRandomMessages();
        await using var server = await TestServer.StartAsync(_database.File);
        const string query = "from=2026-10-20&to=2026-11-05&group_by=platform&timezone=Europe/Berlin";

        var lines = (await server.Client.GetStringAsync($"/api/v1/usage.csv?{query}", TestContext.Current.CancellationToken)).Trim().Split("\r\n");
        using var answer = await GetAsync(server, query);

        var head = lines[0].TrimStart('\uFEFF').Split(',').ToList();
        var tokens = lines.Skip(1).Sum(l => long.Parse(l.Split(',')[head.IndexOf("total_tokens")], null));
        Assert.Equal(answer.RootElement.GetProperty("totals").GetProperty("total_tokens").GetInt64(), tokens);
        Assert.Equal(answer.RootElement.GetProperty("series").GetArrayLength() * 17, lines.Length - 1);
    }

    [Theory]
    [InlineData("/usage")]
    [InlineData("/usage?group_by=user&measure=cost&scale=log&range=all")]
    [InlineData("/usage?group_by=agent&granularity=week&timezone=Asia/Kathmandu&range=1y")]
    [InlineData("/usage?measure=messages&group_by=role&compare=none&range=24h")]
    [InlineData("/usage?model=none-of-these")]
    public async Task UsagePage_AnyState_IsCompleteWithoutScripts(string address)
    {
        GivenRandomMessages();
        await using var server = await TestServer.StartAsync(_database.File);

        var html = await server.Client.GetStringAsync(address, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("error-state", html, StringComparison.Ordinal);
        Assert.Contains("metric-card", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
    }

    public void Dispose() => _database.Dispose();

    private static void AssertFigures(IReadOnlyCollection<Sample> rows, JsonElement figures)
    {
        Assert.Equal(rows.Sum(r => r.Input), figures.GetProperty("input_tokens").GetInt64());
        Assert.Equal(rows.Sum(r => r.Output), figures.GetProperty("output_tokens").GetInt64());
        Assert.Equal(rows.Sum(r => r.Cached), figures.GetProperty("cached_tokens").GetInt64());
        Assert.Equal(rows.Sum(r => r.Input + r.Output), figures.GetProperty("total_tokens").GetInt64());
        Assert.Equal(rows.Count, figures.GetProperty("message_count").GetInt64());
        Assert.Equal(rows.Select(r => r.Session).Distinct().Count(), figures.GetProperty("conversation_count").GetInt64());
        Assert.Equal(rows.Where(r => r.User is not null).Select(r => r.User).Distinct().Count(), figures.GetProperty("user_count").GetInt64());
        var unpriced = rows.Where(r => r.Model != "priced").Sum(r => r.Input + r.Output);
        Assert.Equal(unpriced, figures.GetProperty("unpriced_tokens").GetInt64());
        var cost = figures.GetProperty("estimated_cost_usd");
        if (unpriced > 0 && unpriced == rows.Sum(r => r.Input + r.Output))
            Assert.Equal(JsonValueKind.Null, cost.ValueKind);
        else
            Assert.Equal(rows.Where(r => r.Model == "priced").Sum(r => (r.Input + 2.0 * r.Output) / 1000), cost.GetDouble(), 6);
    }

    private static async Task<JsonDocument> GetAsync(TestServer server, string query) =>
        JsonDocument.Parse(await server.Client.GetStringAsync($"/api/v1/usage?{query}", TestContext.Current.CancellationToken));

    private static async Task<(long Tokens, long Messages)> TotalsAsync(TestServer server, string filter)
    {
        using var answer = await GetAsync(server, $"from=2026-11-02&to=2026-11-02{filter}");
        var totals = answer.RootElement.GetProperty("totals");
        return (totals.GetProperty("total_tokens").GetInt64(), totals.GetProperty("message_count").GetInt64());
    }

    private static long At(int year, int month, int day, int hour) => Instant.FromUtc(year, month, day, hour, 0).ToUnixTimeMilliseconds();

    // From before the range to after it, over the end of daylight saving in Berlin; fixed seed.
    private void GivenRandomMessages()
    {
        _database.GivenPrice("priced", input: 1, output: 2);
        var random = new Random(20261123);
        var start = At(2026, 10, 18, 0);
        var models = new[] { "priced", "unpriced", null, "<img src=x onerror=alert(1)>" };
        for (var i = 0; i < 300; i++)
        {
            var at = start + random.NextInt64(20 * 86_400_000L);
            var source = random.Next(3) switch { 0 => "telegram-webhook", 1 => "github-webhook", _ => null };
            var eventId = source is null ? null : _database.GivenEvent($"event-of-{i}", source: source, at: at);
            var row = new Sample
            {
                At = at,
                Input = random.Next(2000),
                Output = random.Next(500),
                Model = models[random.Next(models.Length)],
                Source = source,
                Role = random.Next(2) == 0 ? "user" : "assistant",
                User = random.Next(5) switch { 0 => null, var n => $"u{n}" },
                Platform = random.Next(2) == 0 ? "github" : "cli",
                Archived = random.Next(10) == 0,
                Session = $"s{random.Next(12)}",
            };
            row = row with { Cached = row.Input / 3 };
            _database.GivenMessage(row.Session, i, row.Role, eventId: eventId, input: row.Input, output: row.Output, cached: row.Cached, model: row.Model, at: at, user: row.User, platform: row.Platform, archived: row.Archived);
            _rows.Add(row);
        }
    }

    private sealed record Sample
    {
        public long At { get; init; }

        public long Input { get; init; }

        public long Output { get; init; }

        public long Cached { get; init; }

        public string? Model { get; init; }

        public string? Source { get; init; }

        public string Role { get; init; } = "";

        public string? User { get; init; }

        public string Platform { get; init; } = "";

        public string Session { get; init; } = "";

        public bool Archived { get; init; }
    }
}
