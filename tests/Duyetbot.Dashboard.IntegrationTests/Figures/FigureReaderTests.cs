using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Figures;
using Duyetbot.Dashboard.Shared;
using Duyetbot.Dashboard.Shared.Figures;
using Duyetbot.Dashboard.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Duyetbot.Dashboard.IntegrationTests.Figures;

/// <summary>Every figure is compared with a plain sum over what the test inserted, whether it is read from sums, from the live views, or from both.</summary>
public sealed class FigureReaderTests : IDisposable
{
    private const long Day = 86_400_000;
    private readonly TestDatabase _database = new();
    private readonly FigureNames _names = new();

    public static TheoryData<string, string, int> Places => new()
    {
        { "UTC", "2026-11-16", 1 },
        { "Asia/Kathmandu", "2026-11-16", 2 },
        // The clock goes back by an hour on 1 November, by half an hour on 5 April.
        { "America/New_York", "2026-10-29", 3 },
        { "Australia/Lord_Howe", "2026-04-02", 4 },
        // 30 December does not exist.
        { "Pacific/Apia", "2011-12-26", 5 },
        // 44 minutes and 30 seconds behind UTC until 7 January.
        { "Africa/Monrovia", "1972-01-03", 6 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Fill_EveryGroupingGranularityAndFilter_EqualsPlainSums(string zoneId, string firstDay, int seed)
    {
        var (zone, from, to) = Place(zoneId, firstDay);
        var world = new FigureWorld(_database, seed, from - Day, to + Day);
        world.Fill(160);
        var zones = new FigureZones(DateTimeZone.Utc);
        using var refresher = Refresher(zones, to);

        Same(await DifferencesAsync(world, zone, from, to, new FigureZones(DateTimeZone.Utc)));

        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, true), (Count("figure_dirty"), Count("figure_slots") > 100));
        Same(await DifferencesAsync(world, zone, from, to, new FigureZones(DateTimeZone.Utc)));

        zones.Use(zone);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.True(DaysOf(zone) >= (zoneId == "Africa/Monrovia" ? 2 : 6));
        Same(await DifferencesAsync(world, zone, from, to, zones));

        world.Change(36);
        Assert.True(Count("figure_dirty") > 10);
        Same(await DifferencesAsync(world, zone, from, to, zones));

        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, Count("figure_dirty"));
        Same(await DifferencesAsync(world, zone, from, to, zones));
    }

    [Theory]
    [InlineData("UPDATE figure_days SET cells = (SELECT d.cells FROM figure_days d WHERE d.zone = figure_days.zone AND d.part = figure_days.part ORDER BY d.day_start DESC LIMIT 1)", true)]
    [InlineData("UPDATE figure_slots SET facts = (SELECT s.facts FROM figure_slots s WHERE s.kind = figure_slots.kind ORDER BY s.slot LIMIT 1)", false)]
    public async Task Fill_SumsTamperedWith_AnswersFromThem(string tamper, bool days)
    {
        var (zone, from, to) = Place("Asia/Kathmandu", "2026-11-16");
        var world = new FigureWorld(_database, 7, from, to);
        world.Fill(100);
        var zones = new FigureZones(days ? zone : DateTimeZone.Utc);
        using var refresher = Refresher(zones, to);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        var reading = new FigureZones(DateTimeZone.Utc);
        Same(await DifferencesAsync(world, zone, from, to, reading));

        _database.Connection.Execute(tamper);

        var wrong = await DifferencesAsync(world, zone, from, to, reading);
        Assert.All(Enum.GetNames<FigureDimension>(), d => Assert.Contains(wrong, w => w.StartsWith(d + " Day", StringComparison.Ordinal)));
        // What is dirty is not read from them.
        _database.Connection.Execute("INSERT INTO figure_dirty SELECT DISTINCT slot FROM figure_slots");
        Same(await DifferencesAsync(world, zone, from, to, reading));
    }

    [Fact]
    public async Task Fill_PriceEditedAfterwards_CostsAtOnceWhatItSays()
    {
        var (zone, from, to) = Place("UTC", "2026-11-16");
        var world = new FigureWorld(_database, 8, from, to);
        world.Fill(100);
        var zones = new FigureZones(zone);
        using var refresher = Refresher(zones, to);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);

        _database.Connection.Execute("UPDATE analytics_cost_config SET input_cost_per_1k = 7 WHERE model = 'm'");
        _database.GivenPrice("unpriced", 1, 1, from: from + (3 * Day) + 12_345);
        for (var i = 0; i < world.Prices.Count; i++)
            world.Prices[i] = world.Prices[i].Model == "m" ? world.Prices[i] with { Input = 7 } : world.Prices[i];
        world.Prices.Add(new Price("unpriced", 1, 1, 0, 0, from + (3 * Day) + 12_345, null));

        Assert.Equal(0, Count("figure_dirty"));
        Same(await DifferencesAsync(world, zone, from, to, zones));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Fill_Events_EqualPlainCounts(string zoneId, string firstDay, int seed)
    {
        var (zone, from, to) = Place(zoneId, firstDay);
        var world = new FigureWorld(_database, seed, from - Day, to + Day);
        world.Fill(200);
        var zones = new FigureZones(zone);
        using var refresher = Refresher(zones, to);

        AssertEvents(world, zone, from, to, zones);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        AssertEvents(world, zone, from, to, zones);
        world.Change(36);
        AssertEvents(world, zone, from, to, zones);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        AssertEvents(world, zone, from, to, zones);
        _database.Connection.Execute("UPDATE figure_days SET cells = x'000000' WHERE part = 'event'");
        Assert.Throws<Xunit.Sdk.EqualException>(() => AssertEvents(world, zone, from, to, zones));
    }

    [Fact]
    public async Task Refresh_ManyZonesAsked_KeepsTheLast()
    {
        var (_, from, to) = Place("UTC", "2026-11-16");
        new FigureWorld(_database, 9, from, to).Fill(30);
        var zones = new FigureZones(DateTimeZone.Utc);
        using var refresher = Refresher(zones, to);
        foreach (var hours in Enumerable.Range(1, 9))
            zones.Use(DateTimeZoneProviders.Tzdb[$"Etc/GMT-{hours}"]);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Equal(FigureZones.Max, _database.Connection.ExecuteScalar<long>("SELECT COUNT(DISTINCT zone) FROM figure_days"));

        zones.Use(DateTimeZoneProviders.Tzdb["Asia/Tokyo"]);
        await refresher.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(FigureZones.Max, _database.Connection.ExecuteScalar<long>("SELECT COUNT(DISTINCT zone) FROM figure_days"));
        Assert.Equal((0, true, true), (DaysOf(DateTimeZoneProviders.Tzdb["Etc/GMT-3"]), DaysOf(DateTimeZoneProviders.Tzdb["Asia/Tokyo"]) > 0, DaysOf(DateTimeZone.Utc) > 0));
        // A new start goes on with them.
        var again = new FigureZones(DateTimeZone.Utc);
        using var second = Refresher(again, to);
        await second.RefreshAsync(TestContext.Current.CancellationToken);
        Assert.Contains(again.Kept, z => z.Id == "Asia/Tokyo");
    }

    public void Dispose() => _database.Dispose();

    private static (DateTimeZone Zone, long From, long To) Place(string zoneId, string firstDay)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var first = NodaTime.Text.LocalDatePattern.Iso.Parse(firstDay).Value;
        return (zone, ZonedDays.StartOf(first, zone), ZonedDays.StartOf(first.PlusDays(8), zone));
    }

    // Now is in the middle of the last day, which is not over.
    private FigureRefresher Refresher(FigureZones zones, long to) => new(_database.Database, _names, zones, new FixedTime(to - (Day / 2)), NullLogger<FigureRefresher>.Instance);

    private long Count(string table) => _database.Connection.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}");

    private long DaysOf(DateTimeZone zone) => _database.Connection.ExecuteScalar<long>("SELECT COUNT(DISTINCT day_start) FROM figure_days WHERE zone = @zone", new { zone = FigureZones.NameOf(zone) });

    private void AssertEvents(FigureWorld world, DateTimeZone zone, long from, long to, FigureZones zones)
    {
        foreach (var granularity in Enum.GetValues<Granularity>())
        {
            var sums = new EventSums(Periods.Of(from, to - 1_234, granularity, zone));
            _database.Database.ReadAsync(c =>
            {
                new FigureReader(_names, zones).Fill(c, sums);
                return true;
            }, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            var events = world.Events.Values.Where(e => e.At >= from && e.At < to - 1_234).ToList();
            Assert.Equal(events.Count, sums.Events);
            Assert.Equal(events.Count(e => e.Status == "error"), sums.Errors);
            foreach (var share in new[] { 0.5, 0.95, 0.99 })
                Assert.Equal(Plain(events, share), sums.PercentileMs(share));
            for (var i = 0; i < sums.Periods.Count; i++)
            {
                var here = events.Where(e => e.At >= sums.Periods[i].Start && e.At < sums.Periods[i].End).ToList();
                Assert.Equal(here.Count == 0 ? 0 : 100.0 * here.Count(e => e.Status == "error") / here.Count, sums.ErrorRates[i]);
                Assert.Equal(Plain(here, 0.95) ?? 0, sums.Slow[i]);
            }
        }

        static long? Plain(List<Event> events, double share)
        {
            var sorted = events.Where(e => e.DurationMs is not null).Select(e => e.DurationMs!.Value).Order().ToList();
            return sorted.Count == 0 ? null : sorted.First(d => sorted.Count(x => x <= d) >= share * sorted.Count - 1e-9);
        }
    }

    private static void Same(List<string> differences) => Assert.True(differences.Count == 0, string.Join('\n', differences.Take(4)));

    private async Task<List<string>> DifferencesAsync(FigureWorld world, DateTimeZone zone, long from, long to, FigureZones zones)
    {
        var reader = new FigureReader(_names, zones);
        var open = new MessageFilter();
        var filters = new[]
        {
            open with { Platform = "github" }, open with { UserId = "u2" }, open with { Model = "m" }, open with { Platform = "cli", Model = "vendor/m" }, open with { UserId = "u1", Platform = "api" },
            open with { Username = "ann" }, open with { Visibility = "public" }, open with { Archived = null }, open with { Archived = true }, open with { HasError = true }, open with { HasError = false },
            open with { Starred = true }, open with { Starred = false, Model = "m" }, open with { Platform = "nowhere" },
            open with { Role = "assistant" }, open.Only("source", "github-webhook"), open.Only("model", null), open.Only("user_id", null), open.Except("model", ["m", null]), open.Except("platform", ["github", "cli"]), open.Only("model", ""),
        };
        var questions =
            from dimension in Enum.GetValues<FigureDimension>()
            from question in Enum.GetValues<Granularity>().Select(g => (Granularity: g, Filter: open)).Concat(filters.Select(f => (Granularity: Granularity.Day, Filter: f)))
            select (Dimension: dimension, question.Granularity, question.Filter);
        var differences = new List<string>();
        foreach (var (dimension, granularity, filter) in questions)
        {
            // The range ends within a quarter hour.
            var fold = new FigureFold(Periods.Of(from, to - 1_234, granularity, zone));
            var heat = new HourHeat(zone);
            await _database.Database.ReadAsync(
                c =>
                {
                    reader.Fill(c, dimension, filter, fold, heat);
                    return true;
                },
                TestContext.Current.CancellationToken);
            var rows = (dimension == FigureDimension.Agent ? world.CountedSteps(filter) : world.CountedMessages(filter)).Where(r => r.At >= from && r.At < to - 1_234).ToList();
            differences.AddRange(FigureComparison.Of(fold, heat, rows, KeyOf(dimension), dimension == FigureDimension.User).Select(d => $"{dimension} {granularity} {string.Join('&', filter.ToQuery())}: {d}"));
        }

        return differences;
    }

    private static Func<Counted, string?> KeyOf(FigureDimension dimension) => dimension switch
    {
        FigureDimension.Platform => r => r.Platform,
        FigureDimension.User => r => r.User,
        FigureDimension.Model => r => r.Model,
        FigureDimension.Role => r => r.Role,
        FigureDimension.Agent => r => r.Agent,
        FigureDimension.Source => r => r.Source,
        _ => _ => null,
    };
}
