using Dapper;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Features.Messages;
using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Figures;

/// <summary>What the pricing page and the sums of lists take from kept sums is compared with plain sums over what the test inserted: while all is dirty, clean, dirty by half, and after prices changed.</summary>
public sealed class KeptSumsTests : IDisposable
{
    private const long Day = 86_400_000;
    private const long From = 1_763_596_800_000;
    private const long To = From + (8 * Day);
    private readonly TestDatabase _database = new();
    private readonly FigureNames _names = new();
    private readonly FigureZones _zones = new(DateTimeZone.Utc);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task ModelUse_InEveryStateOfTheSums_EqualsPlainSums(int seed) => await InEveryStateAsync(seed, async world =>
    {
        var queries = new PriceQueries(_database.Database, new ModelUseReader(_names));
        foreach (var (from, to) in new[] { (long.MinValue, long.MaxValue), (From, To), (From + Day + 12_345, To - Day - 1), (From + 500, From + 900_500) })
        {
            var messages = world.CountedMessages(new MessageFilter()).Where(r => r.At >= from && r.At < to).ToList();
            Assert.Equal(Plain(messages), (await queries.GetMessageUseAsync(from, to, TestContext.Current.CancellationToken)).Select(Text).Order(StringComparer.Ordinal));
            var steps = world.CountedSteps(new MessageFilter()).Where(r => r.At >= from && r.At < to && r.Unpriced > 0).ToList();
            Assert.Equal(Plain(steps, steps: true), (await queries.GetUnpricedStepsAsync(from, to, TestContext.Current.CancellationToken)).Select(Text).Order(StringComparer.Ordinal));
        }
    });

    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    public async Task ListSums_InEveryStateOfTheSums_EqualPlainSums(int seed) => await InEveryStateAsync(seed, async world =>
    {
        var queries = new MessageSumQueries(_database.Database, new FigureReader(_names, _zones));
        var open = new MessageFilter();
        var filters = new[]
        {
            open, open with { Archived = null }, open with { Model = "m" }, open with { Platform = "cli" }, open with { UserId = "u2" }, open with { Role = "assistant" }, open with { Source = "github-webhook", Model = "m" },
            open with { Role = "user", Platform = "api" }, open with { HasError = true }, open with { Starred = true }, open.Only("model", null), open.Except("platform", ["github"]),
        };
        foreach (var filter in filters)
        {
            foreach (var (from, to) in new (long?, long?)[] { (null, null), (From, To), (From + Day + 12_345, null), (null, To - Day - 1) })
            {
                var rows = world.CountedMessages(filter).Where(r => r.At >= (from ?? long.MinValue) && r.At < (to ?? long.MaxValue)).ToList();
                var sums = await queries.GetSumsAsync(filter with { From = from, To = to }, TestContext.Current.CancellationToken);
                Assert.Equal(
                    (rows.Count, rows.Sum(r => r.Input), rows.Sum(r => r.Output), rows.Sum(r => r.Cached), rows.Sum(r => r.Reasoning), rows.Sum(r => r.Unpriced), rows.Select(r => r.Session).Distinct().Count(), rows.Select(r => r.User).OfType<string>().Distinct().Count()),
                    (sums.Rows, sums.InputTokens, sums.OutputTokens, sums.CachedTokens, sums.ReasoningTokens, sums.UnpricedTokens, sums.Conversations, sums.Users));
                Assert.Equal(sums.Cost is null ? 0 : rows.Sum(r => r.Cost), sums.Cost ?? 0, 6);
                Assert.Equal(rows.Count, await queries.CountAsync(filter with { From = from, To = to }, TestContext.Current.CancellationToken));
            }
        }
    });

    [Theory]
    [InlineData("'soon'")]
    [InlineData("-62135596800001")]
    [InlineData("253402300800000")]
    public async Task ListSums_WithATimeOutsideTheCalendar_CountItToo(string time)
    {
        var world = new FigureWorld(_database, 16, From, To);
        world.Fill(20);
        using var refresher = Refresher();
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        _database.Connection.Execute($"INSERT INTO chat_messages(session_id, sequence, role, content, input_tokens, timestamp, model) VALUES ('s', 1, 'user', '', 7, {time}, 'm')");

        var sums = await new MessageSumQueries(_database.Database, new FigureReader(_names, _zones)).GetSumsAsync(new MessageFilter { Archived = null }, TestContext.Current.CancellationToken);

        var rows = world.CountedMessages(new MessageFilter { Archived = null }).ToList();
        Assert.Equal((21, rows.Sum(r => r.Input) + 7), (sums.Rows, sums.InputTokens));
    }

    [Theory]
    [InlineData("UPDATE figure_days SET cells = x'00'", true)]
    [InlineData("UPDATE figure_slots SET facts = x'00'", false)]
    public async Task KeptSums_TamperedWith_AreWhatIsAnswered(string tamper, bool whole)
    {
        new FigureWorld(_database, 17, From, To).Fill(60);
        using var refresher = Refresher();
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        var prices = new PriceQueries(_database.Database, new ModelUseReader(_names));
        var sums = new MessageSumQueries(_database.Database, new FigureReader(_names, _zones));
        var filter = whole ? new MessageFilter { Role = "user" } : new MessageFilter { HasError = false };
        var (used, rows) = (await RowsAsync(), (await sums.GetSumsAsync(filter, TestContext.Current.CancellationToken)).Rows);

        _database.Connection.Execute(tamper);

        Assert.True((await sums.GetSumsAsync(filter, TestContext.Current.CancellationToken)).Rows < rows);
        if (whole)
            Assert.True(await RowsAsync() < used);

        async Task<long> RowsAsync() => (await prices.GetMessageUseAsync(From, To, TestContext.Current.CancellationToken)).Sum(u => u.RowCount);
    }

    public void Dispose() => _database.Dispose();

    private async Task InEveryStateAsync(int seed, Func<FigureWorld, Task> assert)
    {
        var world = new FigureWorld(_database, seed, From, To);
        world.Fill(140);
        using var refresher = Refresher();
        await assert(world);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _database.Connection.ExecuteScalar<long>("SELECT COUNT(*) FROM figure_dirty"));
        await assert(world);
        world.Change(36);
        await assert(world);

        // A price that begins in the middle of a day, and of a quarter hour.
        var middle = From + (3 * Day) + 12_345_678;
        _database.GivenPrice("unpriced", 1, 1, from: middle);
        world.Prices.Add(new Price("unpriced", 1, 1, 0, 0, middle, null));
        await assert(world);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        await assert(world);
    }

    private FigureRefresher Refresher() => new(_database.Database, _names, _zones, new FixedTime(To + Day), NullLogger<FigureRefresher>.Instance);

    private IEnumerable<string> Plain(IReadOnlyList<Counted> rows, bool steps = false) => rows.GroupBy(r => (r.Model, r.ChargedBy)).Select(g => Text(new ModelUse
    {
        Model = g.Key.Model,
        PriceId = g.Key.ChargedBy is { } price ? _database.Connection.ExecuteScalar<long>("SELECT id FROM analytics_cost_config WHERE model = @Model AND effective_from = @From", price) : null,
        RowCount = steps ? 0 : g.Count(),
        InputTokens = g.Sum(r => r.Input),
        OutputTokens = g.Sum(r => r.Output),
        CachedTokens = g.Sum(r => r.Cached),
        RecordedCachedTokens = g.Sum(r => r.Recorded),
        ReasoningTokens = g.Sum(r => r.Reasoning),
        EstimatedCostUsd = g.Key.ChargedBy is null ? null : g.Sum(r => r.Cost),
        UnpricedTokens = g.Sum(r => r.Unpriced),
        FirstAt = g.Key.ChargedBy is null ? g.Min(r => r.At) : null,
        LastAt = g.Key.ChargedBy is null ? g.Max(r => r.At) : null,
    })).Order(StringComparer.Ordinal);

    private static string Text(ModelUse use) =>
        $"{use.Model ?? "none"} by {use.PriceId}: {use.RowCount} rows, {use.InputTokens} ({use.CachedTokens}, {use.RecordedCachedTokens}), {use.OutputTokens} ({use.ReasoningTokens}), {use.EstimatedCostUsd?.ToString("0.000000", null)}, {use.UnpricedTokens} unpriced from {use.FirstAt} to {use.LastAt}";
}
