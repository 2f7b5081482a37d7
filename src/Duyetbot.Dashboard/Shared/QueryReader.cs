using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Duyetbot.Dashboard.Shared;

/// <summary>Reads a query string: every value checked, every unknown name refused. Pages and API read their state with it.</summary>
public sealed class QueryReader
{
    private static readonly LocalDateTimePattern[] LocalPatterns =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd"),
    ];

    private readonly Dictionary<string, StringValues> _values;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>Reads the parameters of a request.</summary>
    public QueryReader(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        _values = values.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

    /// <summary>Reads the parameters of an absolute or relative address.</summary>
    public static QueryReader FromUri(string uri)
    {
        var start = uri.IndexOf('?', StringComparison.Ordinal);
        var end = uri.IndexOf('#', StringComparison.Ordinal);
        return new QueryReader(start < 0 ? [] : QueryHelpers.ParseQuery(end > start ? uri[start..end] : uri[start..]));
    }

    /// <summary>The text, or null where the parameter is absent or empty; at most 1,000 characters.</summary>
    public string? Text(string name)
    {
        _read.Add(name);
        if (!_values.TryGetValue(name, out var values) || values.Count == 0 || string.IsNullOrEmpty(values[0]))
            return null;
        if (values.Count > 1)
            throw new InvalidParameterException(name, "is given more than once.");
        return values[0]!.Length <= 1000 ? values[0] : throw new InvalidParameterException(name, "is longer than 1,000 characters.");
    }

    /// <summary>Every text of a parameter that may be given more than once, empty ones left out; each at most 1,000 characters.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        _read.Add(name);
        if (!_values.TryGetValue(name, out var values))
            return [];
        var texts = values.OfType<string>().Where(t => t.Length > 0).ToList();
        return texts.TrueForAll(t => t.Length <= 1000) ? texts : throw new InvalidParameterException(name, "is longer than 1,000 characters.");
    }

    /// <summary>One of the allowed words, or null where the parameter is absent.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name);
        if (text is null)
            return null;
        foreach (var word in allowed)
        {
            if (word == text)
                return text;
        }

        throw new InvalidParameterException(name, $"\"{text}\" is none of {string.Join(", ", allowed!)}.");
    }

    /// <summary>A whole number within bounds, or null where the parameter is absent.</summary>
    public long? Whole(string name, long min, long max)
    {
        var text = Text(name);
        if (text is null)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new InvalidParameterException(name, $"\"{text}\" is no whole number from {min} to {max}.");
    }

    /// <summary>true or false, or null where the parameter is absent.</summary>
    public bool? Flag(string name) => OneOf(name, "true", "false") switch { null => null, var word => word == "true" };

    /// <summary>A moment as Unix ms or ISO 8601, in Unix ms; null where the parameter is absent.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="zone">The zone of a time without an offset; UTC where none is given.</param>
    public long? Moment(string name, DateTimeZone? zone = null)
    {
        var text = Text(name);
        if (text is null)
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms))
            return ms;
        foreach (var pattern in LocalPatterns)
        {
            if (pattern.Parse(text) is { Success: true } local)
                return InTime(name, text, () => local.Value.InZoneLeniently(zone ?? DateTimeZone.Utc).ToInstant().ToUnixTimeMilliseconds());
        }

        return OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } moment
            ? InTime(name, text, () => moment.Value.ToInstant().ToUnixTimeMilliseconds())
            : throw new InvalidParameterException(name, $"\"{text}\" is neither Unix milliseconds nor an ISO 8601 time.");
    }

    /// <summary>A day as <c>YYYY-MM-DD</c>, or null where the parameter is absent.</summary>
    public LocalDate? Day(string name)
    {
        var text = Text(name);
        if (text is null)
            return null;
        var parsed = LocalDatePattern.Iso.Parse(text);
        return parsed.Success ? parsed.Value : throw new InvalidParameterException(name, $"\"{text}\" is no day; a day reads like 2026-11-23.");
    }

    /// <summary>An IANA time zone, or null where the parameter is absent.</summary>
    public DateTimeZone? Zone(string name)
    {
        var text = Text(name);
        if (text is null)
            return null;
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(text) ?? throw new InvalidParameterException(name, $"\"{text}\" is no IANA time zone; it reads like Asia/Ho_Chi_Minh.");
    }

    /// <summary>A moment worked out from a text, in Unix ms, unless no calendar holds it: the first days of year -9998 and the last of 9999 do so in some zones only.</summary>
    /// <exception cref="InvalidParameterException">It lies outside of all time.</exception>
    internal static long InTime(string name, string text, Func<long> moment)
    {
        try
        {
            return moment();
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new InvalidParameterException(name, $"\"{text}\" lies outside the years -9998 to 9999.");
        }
    }

    /// <summary>Refuses every parameter that nothing asked for; call it last.</summary>
    public void RejectUnknown()
    {
        foreach (var name in _values.Keys)
        {
            if (!_read.Contains(name))
                throw new InvalidParameterException(name, $"is not a parameter of this address, which takes {(_read.Count == 0 ? "none" : string.Join(", ", _read.Order(StringComparer.Ordinal)))}.");
        }
    }
}
