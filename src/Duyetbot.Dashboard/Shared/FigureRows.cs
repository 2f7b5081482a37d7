using System.Globalization;
using NodaTime;

namespace Duyetbot.Dashboard.Shared;

/// <summary>The addresses of the rows behind a figure: range, zone and filter are the figure's own, to the millisecond, and the address says what the figure said.</summary>
public static class FigureRows
{
    /// <summary>The messages that a figure counts.</summary>
    /// <param name="filter">Which messages; its own From and To are not used.</param>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    /// <param name="zone">The zone of the figure's days.</param>
    /// <param name="claim">What it says.</param>
    public static string Messages(MessageFilter filter, long from, long to, DateTimeZone zone, FigureClaim claim) =>
        Urls.With(Urls.Messages, [.. Place(from, to, zone), .. filter.ToQuery(), claim.ToQuery()]);

    /// <summary>The traces whose steps a figure counts.</summary>
    /// <param name="steps">The parameters that name the steps.</param>
    /// <param name="messages">The filter of messages under which steps are counted.</param>
    /// <param name="from">Unix ms, included.</param>
    /// <param name="to">Unix ms, excluded.</param>
    /// <param name="zone">The zone of the figure's days.</param>
    /// <param name="claim">What it says.</param>
    public static string Traces(IEnumerable<KeyValuePair<string, string?>> steps, MessageFilter messages, long from, long to, DateTimeZone zone, FigureClaim claim) =>
        Urls.With(Urls.Traces, [.. Place(from, to, zone), .. steps, new("messages", EventFilter.WordOf(messages)), claim.ToQuery()]);

    private static IEnumerable<KeyValuePair<string, string?>> Place(long from, long to, DateTimeZone zone) =>
    [
        new("from", from.ToString(CultureInfo.InvariantCulture)),
        new("to", to.ToString(CultureInfo.InvariantCulture)),
        new("timezone", zone.Id),
    ];
}
