using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Pricing;

/// <summary>When prices of one model hold: never two at once, whoever the provider, because tokens find their price by the model's name alone.</summary>
public static class PriceRanges
{
    /// <summary>The first of the rows that would hold at the same time as a price; null where none does.</summary>
    /// <param name="rows">Prices of any model.</param>
    /// <param name="price">A checked price.</param>
    /// <param name="except">The row that the price replaces, or null.</param>
    public static PriceConfigRow? FindOverlap(IEnumerable<PriceConfigRow> rows, PriceInput price, long? except) => rows
        .Where(r => r.Id != except && r.Model == price.Model)
        .OrderBy(r => r.EffectiveFrom)
        .FirstOrDefault(r => Overlap(r, price.EffectiveFrom!.Value, price.EffectiveTo) || (r.EffectiveFrom == price.EffectiveFrom && r.Provider == price.Provider));

    /// <summary>The rows that hold at the same time as another one of the same model, which only a database that was written elsewhere holds.</summary>
    public static IReadOnlySet<long> Overlapping(IReadOnlyList<PriceConfigRow> rows) => rows
        .GroupBy(r => r.Model)
        .Where(g => g.Skip(1).Any())
        .SelectMany(g => g.Where(r => (r.EffectiveTo ?? long.MaxValue) > r.EffectiveFrom && g.Any(o => o.Id != r.Id && Overlap(o, r.EffectiveFrom, r.EffectiveTo))))
        .Select(r => r.Id).ToHashSet();

    /// <summary>True where the row only has to end when the price begins, for the price to hold.</summary>
    public static bool CanEndFor(PriceConfigRow row, PriceInput price) => row.EffectiveTo is null && row.EffectiveFrom < price.EffectiveFrom;

    /// <summary>What is wrong with an overlap, in words.</summary>
    public static InvalidParameterException Refusal(PriceConfigRow row) => new(
        "effective_from",
        $"overlaps the price of {row.Model} ({row.Provider}, row {row.Id}), which holds {Words(row.EffectiveFrom, row.EffectiveTo, DateTimeZone.Utc)} UTC. A model has one price at a time, whoever the provider.");

    /// <summary>"from 2026-01-01 00:00 to 2026-03-15 12:30" or "from 2026-01-01 00:00 on".</summary>
    public static string Words(long from, long? to, DateTimeZone zone) => to is null ? $"from {Text(from, zone)} on" : $"from {Text(from, zone)} to {Text(to.Value, zone)}";

    private static bool Overlap(PriceConfigRow row, long from, long? to)
    {
        var end = row.EffectiveTo ?? long.MaxValue;
        return row.EffectiveFrom < end && row.EffectiveFrom < (to ?? long.MaxValue) && from < end;
    }

    private static string Text(long ms, DateTimeZone zone) =>
        Formats.Local(ms, zone)?.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) ?? $"{ms} ms";
}
