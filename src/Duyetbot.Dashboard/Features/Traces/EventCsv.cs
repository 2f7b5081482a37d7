using System.Globalization;
using System.Text;
using Duyetbot.Dashboard.Data.Rows;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Traces;

/// <summary>Writes events as CSV (RFC 4180), a column per field of the API's list, row by row.</summary>
internal static class EventCsv
{
    private static readonly (string Name, Func<EventSummaryRow, object?> Value)[] Columns =
    [
        ("id", e => e.Id), ("event_id", e => e.EventId), ("request_id", e => e.RequestId), ("app_source", e => e.AppSource), ("event_type", e => e.EventType),
        ("user_id", e => e.UserId), ("username", e => e.Username), ("chat_id", e => e.ChatId), ("repo", e => e.Repo),
        ("triggered_at", e => e.TriggeredAt), ("completed_at", e => e.CompletedAt), ("duration_ms", e => e.DurationMs), ("status", e => e.Status),
        ("error_type", e => e.ErrorType), ("error_message", e => e.ErrorMessage),
        ("classification_type", e => e.ClassificationType), ("classification_category", e => e.ClassificationCategory), ("classification_complexity", e => e.ClassificationComplexity),
        ("input_tokens", e => e.InputTokens), ("output_tokens", e => e.OutputTokens), ("cached_tokens", e => e.CachedTokens), ("reasoning_tokens", e => e.ReasoningTokens),
        ("total_tokens", e => e.TotalTokens), ("model", e => e.Model), ("step_count", e => e.StepCount), ("error_count", e => e.ErrorCount),
        ("conversation_id", e => e.ConversationId), ("estimated_cost_usd", e => e.EstimatedCostUsd), ("unpriced_tokens", e => e.UnpricedTokens),
    ];

    /// <summary>Answers with the rows as they come, so that any number of them takes no memory.</summary>
    public static IResult Stream(IAsyncEnumerable<EventSummaryRow> rows) => Results.Stream(
        async stream =>
        {
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), 16_384, leaveOpen: true);
            await writer.WriteAsync(string.Join(',', Columns.Select(c => c.Name)) + "\r\n");
            await foreach (var row in rows)
                await writer.WriteAsync(string.Join(',', Columns.Select(c => Field(c.Value(row)))) + "\r\n");
        },
        "text/csv; charset=utf-8",
        "events.csv");

    // A text that a spreadsheet would run as a formula is made a plain text by a leading apostrophe; a negative number, such as a chat's id, stays.
    private static string Field(object? value)
    {
        if (value is not string text)
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"") + "\"";
    }
}
