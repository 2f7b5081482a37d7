using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Tests.Pricing;

/// <summary>The form and the checks behind it.</summary>
public sealed class PriceFieldsTests
{
    private static readonly DateTimeZone Saigon = DateTimeZoneProviders.Tzdb["Asia/Ho_Chi_Minh"];

    private static PriceInput Valid => new() { Model = "m", Provider = "p", InputCostPer1k = 1, OutputCostPer1k = 2, EffectiveFrom = 1000 };

    public static TheoryData<string, PriceInput> Refused => new()
    {
        { "model", Valid with { Model = "  " } },
        { "model", Valid with { Model = new string('x', 201) } },
        { "provider", Valid with { Provider = null } },
        { "input_cost_per_1k", Valid with { InputCostPer1k = -0.01 } },
        { "input_cost_per_1k", Valid with { InputCostPer1k = null } },
        { "output_cost_per_1k", Valid with { OutputCostPer1k = double.PositiveInfinity } },
        { "cached_cost_per_1k", Valid with { CachedCostPer1k = -1 } },
        { "reasoning_cost_per_1k", Valid with { ReasoningCostPer1k = double.NaN } },
        { "effective_from", Valid with { EffectiveFrom = null } },
        { "effective_from", Valid with { EffectiveFrom = long.MaxValue } },
        { "effective_to", Valid with { EffectiveTo = 1000 } },
        { "notes", Valid with { Notes = new string('x', 1001) } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Input_WrongMember_IsNamed(string member, PriceInput price) =>
        Assert.Equal(member, Assert.Throws<InvalidParameterException>(() => price.Checked()).Parameter);

    [Fact]
    public void Input_Valid_IsTrimmed() => Assert.Equal("m", (Valid with { Model = " m ", Notes = " " }).Checked().Model);

    [Fact]
    public void Fields_OfARow_GiveTheSameRowBackToTheLastDigit()
    {
        var row = new PriceConfigRow { Model = "m", Provider = "p", InputCostPer1k = 0.1 + 0.2, OutputCostPer1k = 1.0 / 3, CachedCostPer1k = 5e-5, EffectiveFrom = 1_795_435_200_123, EffectiveTo = 1_895_435_201_000, CachedInInput = false, Notes = "n" };

        var read = PriceFields.Of(row, Saigon).Read(Saigon);

        Assert.Equal(row.ToInput() with { ReasoningCostPer1k = null }, read);
    }

    [Fact]
    public void Fields_PerMillion_AreStoredPerThousand()
    {
        var fields = new PriceFields { Model = "m", Provider = "p", Input = "$3", Output = "0.4", From = "2026-01-02T00:00" };

        var price = fields.Read(Saigon);

        Assert.Equal((0.003, 0.0004, null), (price!.InputCostPer1k, price.OutputCostPer1k, price.CachedCostPer1k));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.FromHours(7)).ToUnixTimeMilliseconds(), price.EffectiveFrom);
        fields.Unit = "1k";
        Assert.Equal(3, fields.Read(Saigon)!.InputCostPer1k);
    }

    [Fact]
    public void Fields_Wrong_SayWhatBesideEach()
    {
        var fields = new PriceFields { Input = "1,5", Output = "-2", From = "2026-01-02T00:00", To = "2026-01-01T00:00" };

        Assert.Null(fields.Read(Saigon));
        Assert.Equal(["input_cost_per_1k", "model", "output_cost_per_1k", "provider"], fields.Errors.Keys.Order());
        (fields.Model, fields.Provider, fields.Input, fields.Output) = ("m", "p", "1.5", "2");
        Assert.Null(fields.Read(Saigon));
        Assert.Equal("is not after effective_from.", fields.Errors["effective_to"]);
    }

    [Fact]
    public void For_AModelWithoutAnyPrice_BeginsWithTheData()
    {
        var set = new PriceSet([], [], new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

        var fields = PriceFields.For("x-ai/grok", set, 5, Instant.FromUtc(2026, 11, 23, 12, 0), Saigon);

        Assert.Equal(("x-ai/grok", "x-ai", "2026-03-02T00:00", ""), (fields.Model, fields.Provider, fields.From, fields.To));
    }

    [Fact]
    public void For_AModelWithAGap_FillsTheGap()
    {
        static long Ms(int day, int hour = 0) => new DateTimeOffset(2026, 3, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        PriceConfigRow[] rows = [new() { Id = 1, Model = "m", Provider = "p", EffectiveFrom = 0, EffectiveTo = Ms(5, 6) }, new() { Id = 2, Model = "m", Provider = "p", EffectiveFrom = Ms(9) }];

        var fields = PriceFields.For("m", new PriceSet(rows, [], 1), Ms(5, 7), Instant.FromUtc(2026, 11, 23, 12, 0), DateTimeZone.Utc);

        Assert.Equal(("p", "2026-03-05T06:00", "2026-03-09T00:00"), (fields.Provider, fields.From, fields.To));
        Assert.Null(PriceRanges.FindOverlap(rows, Valid with { EffectiveFrom = Ms(5, 6), EffectiveTo = Ms(9) }, null));
    }

    [Theory]
    [InlineData(0, 100L, false)]
    [InlineData(0, 101L, true)]
    [InlineData(200, null, false)]
    [InlineData(199, null, true)]
    [InlineData(120, 130L, true)]
    [InlineData(0, null, true)]
    public void Overlap_OfOneModel_IsFoundWhateverTheProvider(long from, long? to, bool overlaps)
    {
        PriceConfigRow[] rows = [new() { Id = 7, Model = "m", Provider = "other", EffectiveFrom = 100, EffectiveTo = 200 }];
        var price = Valid with { EffectiveFrom = from, EffectiveTo = to };

        Assert.Equal(overlaps, PriceRanges.FindOverlap(rows, price, null) is not null);
        Assert.Null(PriceRanges.FindOverlap(rows, price, 7));
        Assert.Null(PriceRanges.FindOverlap(rows, price with { Model = "n" }, null));
        Assert.Equal(overlaps ? [7, 8] : [], PriceRanges.Overlapping([rows[0], rows[0] with { Id = 8, EffectiveFrom = from, EffectiveTo = to }]).Order());
    }

    [Fact]
    public void Timeline_APriceFrom1970_DoesNotFlattenTheAxis()
    {
        var now = Instant.FromUtc(2026, 11, 23, 12, 0);
        PriceConfigRow[] rows = [new() { EffectiveFrom = 0 }, new() { EffectiveFrom = now.ToUnixTimeMilliseconds() - 20 * 86_400_000L, EffectiveTo = now.ToUnixTimeMilliseconds() - 10 * 86_400_000L }];

        var timeline = PriceTimeline.Of(rows, now.ToUnixTimeMilliseconds() - 40 * 86_400_000L, now, DateTimeZone.Utc);
        var (old, month) = (timeline.Bar(rows[0]), timeline.Bar(rows[1]));

        Assert.True(old is { X: 0, IsCut: true, Ahead: > 0 });
        Assert.InRange(month.W, 15, 25);
        Assert.Equal(0, month.Ahead);
        Assert.Equal(100, old.W + old.Ahead, 6);
    }

    [Fact]
    public void BuiltInList_EveryPrice_PassesTheChecksAndIsNamedOnce()
    {
        var list = PriceList.BuiltIn;

        Assert.True(list.Prices.Count > 20);
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", list.AsOf);
        Assert.All(list.Prices, p => Assert.Contains(p.Source, p.ToInput(1, list.AsOf).Checked().Notes));
        Assert.Equal(list.Prices.Count, list.Prices.Select(p => p.Model).Distinct().Count());
        Assert.DoesNotContain(list.Missing([new() { Model = "gpt-4o" }]), p => p.Model == "gpt-4o");
    }
}
