using System.Text;
using System.Text.Json;

namespace Duyetbot.Dashboard.IntegrationTests.Fuzz;

/// <summary>What every answer keeps, whatever was asked.</summary>
internal static class FuzzAnswer
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with an answer, or null.</summary>
    public static string? Problem(FuzzRequest request, int status, string? type, byte[] body)
    {
        if (status >= 500 && status != 503)
            return $"{status}: {Head(body)}";
        try
        {
            return (status, type) switch
            {
                // The server itself refuses what is no HTTP, without a body.
                (400 or 414, null) when body.Length == 0 => null,
                (204, _) => body.Length == 0 ? null : "a body with 204",
                ( >= 400, "application/problem+json") => ProblemDetails(status, body),
                ( >= 400, _) => $"{status} as {type ?? "nothing"}: {Head(body)}",
                (_, "application/json") => Json(body),
                (_, "text/csv") => Csv(Strict.GetString(body)),
                (_, "text/plain") when request.Operation.Path.EndsWith("/content", StringComparison.Ordinal) => null,
                (_, "text/html" or "text/markdown") when request.Operation.Path.EndsWith("/export", StringComparison.Ordinal) => null,
                _ => $"{status} as {type ?? "nothing"}: {Head(body)}",
            };
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return $"{status} as {type} that cannot be read: {e.Message} {Head(body)}";
        }
    }

    private static string? Json(byte[] body)
    {
        using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 2_000 });
        return null;
    }

    private static string? ProblemDetails(int status, byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var details = json.RootElement;
        if (!details.TryGetProperty("status", out var said) || said.GetInt32() != status)
            return $"problem details without the status {status}";
        return !details.TryGetProperty("title", out var title) || string.IsNullOrWhiteSpace(title.GetString()) ? "problem details without a title" : null;
    }

    // RFC 4180: as many cells in each line as in the head.
    private static string? Csv(string text)
    {
        var (cells, lines, width, quoted) = (1, 0, 0, false);
        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] == ',')
                cells++;
            else if (!quoted && text[i] == '\n')
            {
                width = lines++ == 0 ? cells : width;
                if (cells != width)
                    return $"line {lines} has {cells} cells and the head {width}";
                cells = 1;
            }
        }

        return quoted ? "an open quote at the end" : cells != 1 || !text.EndsWith('\n') ? "no line end at the end" : null;
    }

    private static string Head(byte[] body) => Encoding.UTF8.GetString(body, 0, Math.Min(300, body.Length));
}
