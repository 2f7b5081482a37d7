using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>The words in which traces are spoken of on screen.</summary>
internal static class TraceWords
{
    /// <summary>A source without the word that all have: telegram-webhook is telegram.</summary>
    public static string Source(string? source) =>
        string.IsNullOrEmpty(source) ? "no source" : source.EndsWith("-webhook", StringComparison.Ordinal) && source.Length > 8 ? source[..^8] : source;

    /// <summary>What a trace is called: the first line of its input, else its source and type.</summary>
    public static string Title(Data.Rows.EventRow row)
    {
        var first = row.InputText?.Split('\n', 2)[0].Trim();
        return string.IsNullOrEmpty(first) ? $"{Source(row.AppSource)} · {row.EventType}" : first.Length > 200 ? first[..200] + "…" : first;
    }

    /// <summary>The name of a filter.</summary>
    public static string Filter(string name) => name switch
    {
        "app_source" => "source",
        "event_type" => "event type",
        "type" => "class",
        "user_id" => "user",
        "min_duration_ms" => "at least, ms",
        "max_duration_ms" => "at most, ms",
        "q" => "text",
        "messages" => "with messages",
        _ => name,
    };

    /// <summary>A filter's value as it is shown.</summary>
    public static string Value(string name, string value) => name switch
    {
        "app_source" => Source(value),
        "messages" => value == EventFilter.Plain ? "not archived" : Uri.UnescapeDataString(value.Replace('+', ' ')).Replace("&", ", ", StringComparison.Ordinal).Replace('=', ' '),
        "min_duration_ms" or "max_duration_ms" when long.TryParse(value, out var ms) => Formats.DurationMs(ms),
        _ => value,
    };

    /// <summary>The icon and the colour class of a status.</summary>
    public static (string Icon, string Class, string Pill) Status(string? status) => status switch
    {
        "success" => ("ok", "c-ok", "ok"),
        "error" => ("err", "c-error", "error"),
        "processing" or "pending" => ("run", "c-run", "running"),
        _ => ("warn", "c-warn", "warn"),
    };

    /// <summary>The icon and the colour class of a kind of step.</summary>
    public static (string Icon, string Class) Kind(string? type) => type switch
    {
        "agent" => ("agent", "k-agent"),
        "worker" => ("worker", "k-worker"),
        "tool" => ("wrench", "k-tool"),
        _ => ("minus", "k-other"),
    };
}
