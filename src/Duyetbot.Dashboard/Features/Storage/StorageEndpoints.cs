using System.Globalization;
using Duyetbot.Dashboard.Access;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Shared;
using Microsoft.AspNetCore.Antiforgery;
using NodaTime;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>POST /data/upload and GET /data/backup.</summary>
internal static class StorageEndpoints
{
    public const string Upload = Urls.Data + "/upload";
    public const string Backup = Urls.Data + "/backup";
    private const string NameHeader = "X-File-Name";
    private const int NameLength = 200;

    /// <summary>Takes a file as the request's body. How it goes on is the job's state; the answer says only why it was not taken at all.</summary>
    public static async Task<IResult> UploadAsync(HttpContext context, IAntiforgery antiforgery, ImportJob job)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.Text("The page is too old, or the request is not its own: load the page again.", statusCode: StatusCodes.Status403Forbidden);
        if (!await job.UploadAsync(NameOf(context.Request), context.Request.ContentLength, context.Request.Body, context.RequestAborted))
            return Results.Text("Another import is under way.", statusCode: StatusCodes.Status409Conflict);
        if (job.State.Stage == ImportStage.Stopped)
            context.Abort();
        return Results.NoContent();
    }

    /// <summary>Answers with a consistent copy of the database, made for this request and deleted with its end.</summary>
    public static async Task<IResult> BackupAsync(HttpContext context, DatabaseFile file, TimeProvider time, CancellationToken cancellationToken)
    {
        // A page elsewhere can make nobody's browser copy and download.
        if (!OriginGuard.IsFromHere(context.Request))
            return Results.Text("The request comes from another site's page.", statusCode: StatusCodes.Status403Forbidden);
        var path = StorageScratch.Backup(file);
        var needed = DatabaseCopy.SizeOf(file);
        if (DiskSpace.FreeAt(file.Folder) is var free && free < needed)
            return Results.Text($"A copy needs {Formats.Bytes(needed)} beside the database; {Formats.Bytes(free)} are free.", statusCode: StatusCodes.Status507InsufficientStorage);
        try
        {
            var copy = await Task.Run(() => DatabaseCopy.OpenTemporary(file, path, cancellationToken), cancellationToken);
            return Results.Stream(copy, "application/vnd.sqlite3", $"duyetbot-{time.GetInstant().InUtc().Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.db");
        }
        catch (DatabaseRefusedException)
        {
            return Results.Text("The database does not pass its own integrity check. Verify says more.", statusCode: StatusCodes.Status500InternalServerError);
        }
    }

    private static string NameOf(HttpRequest request)
    {
        var name = new string([.. Uri.UnescapeDataString(request.Headers[NameHeader].ToString()).Where(c => !char.IsControl(c))]).Trim();
        return name.Length == 0 ? "file" : name[..Math.Min(NameLength, name.Length)];
    }
}
