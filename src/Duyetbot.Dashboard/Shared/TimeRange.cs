using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The range and zone that all pages share: parameters <c>range</c> or <c>from</c> and <c>to</c>, and <c>timezone</c>.</summary>
public sealed record TimeRange
{
    /// <summary>The ranges offered, as they stand in the URL; the last one is everything.</summary>
    public static readonly IReadOnlyList<string> Presets = ["1h", "24h", "7d", "30d", "90d", "1y", "all"];

    /// <summary>The range where the URL names none.</summary>
    public const string DefaultPreset = "30d";

    /// <summary>The preset in force, or null for a custom range.</summary>
    public string? Preset { get; init; } = DefaultPreset;

    /// <summary>Start in Unix ms, included; null for no start.</summary>
    public long? From { get; init; }

    /// <summary>End in Unix ms, excluded; null for now and later.</summary>
    public long? To { get; init; }

    /// <summary>The zone in which days begin.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>True where the URL named a zone, so that links keep naming it.</summary>
    public bool ZoneIsNamed { get; init; }

    /// <summary>Reads the parameters <c>range</c>, <c>from</c>, <c>to</c> and <c>timezone</c>.</summary>
    /// <remarks>Presets of days begin at a local midnight and include today: 30d is today and the 29 days before it.</remarks>
    /// <param name="reader">The query string.</param>
    /// <param name="defaultZone">The zone where the URL names none.</param>
    /// <param name="now">The moment that presets end at.</param>
    /// <exception cref="InvalidParameterException">A value is wrong.</exception>
    public static TimeRange Read(QueryReader reader, DateTimeZone defaultZone, Instant now)
    {
        var named = reader.Zone("timezone");
        var zone = named ?? defaultZone;
        var range = reader.OneOf("range", "1h", "24h", "7d", "30d", "90d", "1y", "all");
        var from = reader.Moment("from", zone);
        var to = reader.Moment("to", zone);
        if (from is not null && to is not null && from >= to)
            throw new InvalidParameterException("to", "is not after from.");
        if (range is null && (from is not null || to is not null))
            return new TimeRange { Preset = null, From = from, To = to, Zone = zone, ZoneIsNamed = named is not null };
        var preset = range ?? DefaultPreset;
        return new TimeRange { Preset = preset, From = StartOf(preset, zone, now), Zone = zone, ZoneIsNamed = named is not null };
    }

    /// <summary>The parameters that name this range in a URL; nothing for the default.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToQuery()
    {
        if (Preset is null)
        {
            if (From is not null) yield return new("from", From.Value.ToString());
            if (To is not null) yield return new("to", To.Value.ToString());
        }
        else if (Preset != DefaultPreset)
        {
            yield return new("range", Preset);
        }

        if (ZoneIsNamed)
            yield return new("timezone", Zone.Id);
    }

    /// <summary>The range in words: "Last 30 days".</summary>
    public string Label => Preset switch
    {
        null => "Custom range",
        "1h" => "Last hour",
        "24h" => "Last 24 hours",
        "7d" => "Last 7 days",
        "30d" => "Last 30 days",
        "90d" => "Last 90 days",
        "1y" => "Last year",
        _ => "All time",
    };

    /// <summary>The words for a preset.</summary>
    public static string LabelOf(string preset) => new TimeRange { Preset = preset }.Label;

    private static long? StartOf(string preset, DateTimeZone zone, Instant now)
    {
        var today = now.InZone(zone).Date;
        return preset switch
        {
            "1h" => (now - Duration.FromHours(1)).ToUnixTimeMilliseconds(),
            "24h" => (now - Duration.FromHours(24)).ToUnixTimeMilliseconds(),
            "7d" => ZonedDays.StartOf(today.PlusDays(-6), zone),
            "30d" => ZonedDays.StartOf(today.PlusDays(-29), zone),
            "90d" => ZonedDays.StartOf(today.PlusDays(-89), zone),
            "1y" => ZonedDays.StartOf(today.PlusDays(-364), zone),
            _ => null,
        };
    }
}
