using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Features.Pricing;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Tests.Pricing;

/// <summary>Under which names a price is looked for.</summary>
public sealed class ModelNamesTests
{
    [Theory]
    [InlineData("gpt-4o", "")]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o")]
    [InlineData("gpt-4o-20240806", "gpt-4o")]
    [InlineData("claude-3-5-sonnet@20240620", "claude-3-5-sonnet")]
    [InlineData("qwen3:free", "qwen3")]
    [InlineData("claude-sonnet-4-20250514:thinking", "claude-sonnet-4")]
    [InlineData("openai/gpt-4o", "gpt-4o")]
    [InlineData("openrouter/openai/gpt-4o", "gpt-4o")]
    [InlineData("openai/gpt-4o-2024-08-06", "gpt-4o-2024-08-06,openai/gpt-4o,gpt-4o")]
    [InlineData("gpt-4-0613", "")]
    [InlineData("gemini-2.5-flash-preview-05-20", "")]
    [InlineData(":odd", "")]
    [InlineData("gpt-4o-2024-18-06-x", "")]
    public void Shortened_OfAName_AreTriedLongestFirst(string model, string expected) =>
        Assert.Equal(expected.Length == 0 ? [] : expected.Split(','), ModelNames.Shortened(model));

    [Fact]
    public void Book_TwoNames_TakesTheExactOneFirst()
    {
        var book = new PriceLookup([Price(1, "gpt-4o", 0), Price(2, "gpt-4o-2024-08-06", 0)]);

        Assert.Equal(2, book.Find("gpt-4o-2024-08-06", 5)?.Id);
        Assert.Equal(2, book.Find("openai/gpt-4o-2024-08-06", 5)?.Id);
        Assert.Equal(1, book.Find("openai/gpt-4o-2024-11-20", 5)?.Id);
        Assert.Null(book.Find("gpt-4", 5));
        Assert.Null(book.Find(null, 5));
    }

    [Theory]
    [InlineData(99, null)]
    [InlineData(100, 1L)]
    [InlineData(199, 1L)]
    [InlineData(200, 2L)]
    [InlineData(long.MaxValue, 2L)]
    public void Book_DatedPrices_HoldFromIncludedToExcluded(long at, long? expected) =>
        Assert.Equal(expected, new PriceLookup([Price(1, "m", 100, 200), Price(2, "m", 200)]).Find("m", at)?.Id);

    private static PriceRow Price(long id, string model, long from, long? to = null) => new() { Id = id, Model = model, EffectiveFrom = from, EffectiveTo = to };
}
