using Dapper;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.TestSupport;

namespace Duyetbot.Dashboard.IntegrationTests.Pricing;

/// <summary>The cost rule of the views (DATA.md 5), each figure worked out by hand; messages, steps and events alike.</summary>
public sealed class PriceRuleTests : IDisposable
{
    private readonly TestDatabase _database = new();

    /// <summary>Tokens, whether cached lies in the input, and the cost at input 2, cached 0.5, output 10, reasoning 30 per 1,000.</summary>
    public static TheoryData<long, long, long, long, bool, double> Tokens => new()
    {
        // 600·2 + 400·0.5 + 70·10 + 30·30 = 3,000
        { 1000, 400, 100, 30, true, 3.0 },
        // Beside: 1000·2 + 400·0.5 + 700 + 900 = 3,800
        { 1000, 400, 100, 30, false, 3.8 },
        // Capped at the whole: 0·2 + 1000·0.5 + 0·10 + 100·30 = 3,500
        { 1000, 5000, 100, 500, true, 3.5 },
        // Beside is not capped, reasoning is: 1000·2 + 5000·0.5 + 0 + 3000 = 7,500
        { 1000, 5000, 100, 500, false, 7.5 },
        { 0, 0, 0, 0, true, 0 },
    };

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Cost_OfMessageStepAndEvent_EqualsTheHandWorkedOne(long input, long cached, long output, long reasoning, bool inside, double cost)
    {
        _database.GivenPrice("m", 2, 10, cached: 0.5, reasoning: 30, cachedInInput: inside);
        _database.GivenMessage(sequence: 1, input: input, cached: cached, output: output, reasoning: reasoning, model: "m");
        _database.GivenEvent("bare", input: input, output: output, cached: cached, reasoning: reasoning, model: "m");
        _database.GivenMessage(sequence: 2, role: "assistant", eventId: "bare", input: input, output: output);
        _database.GivenEvent("chain", model: "m", agents: $$"""[{"name":"a","input_tokens":{{input}},"output_tokens":{{output}},"cached_tokens":{{cached}},"reasoning_tokens":{{reasoning}}}]""");

        Assert.All(_database.Connection.Query<double>("SELECT estimated_cost_usd FROM analytics_messages_view"), c => Assert.Equal(cost, c, 9));
        Assert.Equal(cost, _database.Connection.ExecuteScalar<double>("SELECT estimated_cost_usd FROM analytics_agent_steps_view"), 9);
        Assert.All(_database.Connection.Query<double>("SELECT estimated_cost_usd FROM analytics_events_view"), c => Assert.Equal(cost, c, 9));
        Assert.Equal([Math.Min(cached, input), Math.Min(cached, input)], _database.Connection.Query<long>("SELECT cached_tokens FROM analytics_messages_view"));
    }

    [Fact]
    public void Cost_CachedAndReasoningPriceOfZero_AreNotSet()
    {
        _database.GivenPrice("m", 2, 10);
        _database.GivenMessage(input: 1000, cached: 400, output: 100, reasoning: 30, model: "m");

        Assert.Equal((1000 * 2 + 100 * 10) / 1000.0, Cost(), 9);
    }

    [Fact]
    public void Cost_InputPriceOfZero_IsFree()
    {
        _database.GivenPrice("m", 0, 0);
        _database.GivenMessage(input: 1000, output: 100, model: "m");

        Assert.Equal(0, Cost());
        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT unpriced_tokens FROM analytics_messages_view"));
    }

    [Fact]
    public void Cost_WithoutAPrice_IsUnknownAndItsTokensAreCounted()
    {
        _database.GivenMessage(input: 1000, output: 100, model: "m");

        Assert.Null(_database.Connection.ExecuteScalar<double?>("SELECT estimated_cost_usd FROM analytics_messages_view"));
        Assert.Equal(1100, _database.Connection.ExecuteScalar<long>("SELECT unpriced_tokens FROM analytics_messages_view"));
    }

    [Theory]
    [InlineData(999, null)]
    [InlineData(1000, 1.0)]
    [InlineData(1999, 1.0)]
    [InlineData(2000, 5.0)]
    public void Cost_DatedPrices_HoldFromIncludedToExcluded(long at, double? expected)
    {
        _database.GivenPrice("m", 1, 1, from: 1000, to: 2000);
        _database.GivenPrice("m", 5, 5, from: 2000);
        _database.GivenMessage(input: 1000, model: "m", at: at);
        _database.GivenEvent("e", at: at, agents: """[{"name":"a","input_tokens":1000,"model":"m"}]""");

        Assert.Equal(expected, _database.Connection.ExecuteScalar<double?>("SELECT estimated_cost_usd FROM analytics_messages_view"));
        Assert.Equal(expected, _database.Connection.ExecuteScalar<double?>("SELECT estimated_cost_usd FROM analytics_agent_steps_view"));
        Assert.Equal(expected, _database.Connection.ExecuteScalar<double?>("SELECT estimated_cost_usd FROM analytics_events_view"));
    }

    [Theory]
    [InlineData("openai/gpt-4o-2024-08-06:beta", "gpt-4o", true)]
    [InlineData("openai/gpt-4o:beta", "openai/gpt-4o", true)]
    [InlineData("gpt-4o-20240806", "gpt-4o", true)]
    [InlineData("claude@20240620", "claude", true)]
    [InlineData("a/b/gpt-4o", "gpt-4o", true)]
    [InlineData("gpt-4o", "openai/gpt-4o", false)]
    [InlineData("gpt-4o-mini", "gpt-4o", false)]
    [InlineData("gpt-4", "gpt-4o", false)]
    [InlineData("GPT-4o", "gpt-4o", false)]
    public void Lookup_OfAName_FindsThePriceOrNone(string model, string price, bool finds)
    {
        _database.GivenPrice(price, 1, 1);
        _database.GivenMessage(input: 1000, model: model);

        Assert.Equal(finds ? 1.0 : null, _database.Connection.ExecuteScalar<double?>("SELECT estimated_cost_usd FROM analytics_messages_view"));
    }

    [Fact]
    public async Task Lookup_OfEveryNameAmongManyPrices_IsTheBooksToo()
    {
        string[] bases = ["gpt-4o", "openai/gpt-4o", "a/b", "x:y", "m-2024-08-06", "", ":t", "a/", "ф/модель", "m@20240806", "m-20240806"];
        string[] names = [.. bases.SelectMany(b => new[] { b, b + ":free", b + "-2025-01-31", "prov/" + b, "prov/" + b + "-20250131:beta", b + "@20250131", b + "-2025-99-99", b + "-0613" }).Distinct()];
        foreach (var (name, i) in names.Select((n, i) => (n, i)))
        {
            // Two of three names have a price, so that exact, longer and shorter ones all occur.
            if (i % 3 != 0)
                _database.GivenPrice(name, i + 1, 1, from: i % 2 == 0 ? 0 : TestDatabase.Now - 1, to: i % 5 == 0 ? TestDatabase.Now : null);
            _database.GivenMessage(session: "cli", sequence: i, input: 1000, model: name);
            _database.GivenEvent($"e{i}", model: name, input: 1000L, agents: """[{"name":"a","input_tokens":1000}]""");
        }

        var book = (await new PriceQueries(_database.Database, new ModelUseReader(new FigureNames())).GetPricesAsync(TestContext.Current.CancellationToken)).Book;

        var found = _database.Connection.Query<(string Model, long? Price)>("SELECT model, price_id FROM analytics_messages_view").ToList();
        Assert.All(found, f => Assert.Equal((f.Model, book.Find(f.Model, TestDatabase.Now)?.Id), f));
        Assert.Contains(found, f => f.Price is null);
        Assert.True(found.Count(f => f.Price is not null) > names.Length / 2);
        Assert.Equal(found.OrderBy(f => f.Model).ToList(), _database.Connection.Query<(string Model, long? Price)>("SELECT model, price_id FROM analytics_agent_steps_view").OrderBy(f => f.Model).ToList());
    }

    [Fact]
    public async Task Use_OfARange_EqualsPlainSums()
    {
        var random = new Random(7);
        _database.GivenPrice("a", 1, 2, cached: 0.5, to: TestDatabase.Now);
        _database.GivenPrice("a", 3, 4, from: TestDatabase.Now);
        _database.GivenPrice("b", 5, 6, cached: 1, cachedInInput: false);
        var rows = Enumerable.Range(0, 200).Select(i => (
            Model: new[] { "a", "b", "x/b:free", "none", null }[random.Next(5)],
            At: TestDatabase.Now + random.Next(-100, 100),
            Input: random.NextInt64(1000),
            Cached: random.NextInt64(1500),
            Output: random.NextInt64(500),
            Archived: random.Next(10) == 0)).ToList();
        foreach (var (r, i) in rows.Select((r, i) => (r, i)))
            _database.GivenMessage(sequence: i, input: r.Input, cached: r.Cached, output: r.Output, model: r.Model, at: r.At, archived: r.Archived);
        var (from, to) = (TestDatabase.Now - 50, TestDatabase.Now + 50);
        var counted = rows.Where(r => r.At >= from && r.At < to && !r.Archived).ToList();
        double Usd((string? Model, long At, long Input, long Cached, long Output, bool Archived) r)
        {
            var cached = Math.Min(r.Cached, r.Input);
            if (r.Model == "a")
                return r.At < TestDatabase.Now ? ((r.Input - cached) * 1 + cached * 0.5 + r.Output * 2) / 1000 : (r.Input * 3 + r.Output * 4) / 1000.0;
            return (r.Input * 5 + r.Cached * 1 + r.Output * 6) / 1000.0;
        }

        var queries = new PriceQueries(_database.Database, new ModelUseReader(new FigureNames()));
        var uses = await queries.GetMessageUseAsync(from, to, TestContext.Current.CancellationToken);
        var report = PricingReport.From(uses, (await queries.GetPricesAsync(TestContext.Current.CancellationToken)).Book, TestDatabase.Now, null);

        Assert.Equal(counted.Sum(r => r.Input + r.Output), report.Totals.TotalTokens);
        Assert.Equal(counted.Where(r => r.Model is null or "none").Sum(r => r.Input + r.Output), report.Totals.UnpricedTokens);
        Assert.Equal(counted.Where(r => r.Model is not (null or "none")).Sum(Usd), report.Totals.AsCharged!.Value, 6);
        Assert.Equal(counted.Where(r => r.Model is not (null or "none")).Sum(r => Usd(r with { At = TestDatabase.Now })), report.Totals.AtToday!.Value, 6);
    }

    public void Dispose() => _database.Dispose();

    private double Cost() => _database.Connection.ExecuteScalar<double>("SELECT estimated_cost_usd FROM analytics_messages_view");
}
