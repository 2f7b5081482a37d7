using System.Globalization;
using Duyetbot.Dashboard.Shared;
using NodaTime;

namespace Duyetbot.Dashboard.Layout;

/// <summary>Chooses the range and the zone of the page.</summary>
public partial class RangePicker
{
    private static readonly string[] CommonZones =
        ["UTC", "America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Asia/Ho_Chi_Minh", "Asia/Tokyo", "Australia/Sydney"];

    private IEnumerable<string> Zones => CommonZones.Prepend(Options.TimeZone.Id).Append(Range.Zone.Id).Distinct();

    private string ZoneLabel
    {
        get
        {
            if (Range.Zone.Id == "UTC")
                return "UTC";
            var offset = Range.Zone.GetUtcOffset(Time.GetInstant());
            var city = Range.Zone.Id[(Range.Zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
            return $"{city}, UTC{offset.ToString("+H", CultureInfo.InvariantCulture)}{(offset.Seconds % 3600 == 0 ? "" : offset.ToString(":mm", CultureInfo.InvariantCulture))}";
        }
    }

    private string RangeTitle => Range.From is { } from
        ? $"From {Formats.Exact(from, Range.Zone)} to {(Range.To is { } to ? Formats.Exact(to, Range.Zone) : "now")}"
        : "Everything in the database";

    // What a figure said holds for its own range and zone only.
    private IEnumerable<KeyValuePair<string, string>> OtherParameters => Urls.Parameters(Navigation.Uri, "range", "from", "to", "cursor", "sums");

    private IEnumerable<KeyValuePair<string, string>> OtherThanZone => Urls.Parameters(Navigation.Uri, "timezone", "sums");

    private string? LocalInput(long? unixMs) =>
        unixMs is { } ms ? Formats.Local(ms, Range.Zone)?.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) : null;
}
