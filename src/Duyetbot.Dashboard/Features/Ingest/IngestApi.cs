using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>The HTTP API of ingest.</summary>
internal static class IngestApi
{
    /// <summary>Takes the rows of one request and answers when they are committed.</summary>
    public static async Task<IngestAnswer> PostAsync(string table, HttpRequest request, IngestWriter writer, CancellationToken token)
    {
        new QueryReader(request.Query).RejectUnknown();
        using var place = writer.Enter();
        using var body = new MemoryStream(request.ContentLength is > 0 and <= IngestBody.MaxBytes and var length ? (int)length : 0);
        try
        {
            await request.Body.CopyToAsync(body, token);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidParameterException("body", $"is not what its Content-Encoding says: {e.Message}");
        }

        var (rows, rejected) = IngestBody.Parse(table, body.GetBuffer().AsMemory(0, (int)body.Length), writer.Now);
        var answer = rows.Count == 0 ? new IngestAnswer(0, 0, []) : await writer.WriteAsync(rows, token);
        return answer with { Rejected = [.. rejected.Concat(answer.Rejected).OrderBy(r => r.Index)] };
    }
}
