using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>The one import from the page: takes the file, tries it without writing, and imports it when told to.</summary>
/// <remarks>The file lies beside the database until the decision; it goes with every end, and with the process.</remarks>
public sealed class ImportJob(Database database, ILogger<ImportJob> logger) : BackgroundJob<ImportState>(ImportState.None)
{
    private UploadFile? _file;

    /// <summary>What is free on the disk of a folder, in bytes.</summary>
    internal Func<string, long> FreeAt { get; set; } = DiskSpace.FreeAt;

    /// <summary>Takes a file and begins its dry run; false where another import is under way.</summary>
    /// <param name="name">The file's name on the sender's machine.</param>
    /// <param name="size">Its size in bytes, where the sender says it.</param>
    /// <param name="body">The file.</param>
    /// <param name="aborted">The sender has gone.</param>
    public async Task<bool> UploadAsync(string name, long? size, Stream body, CancellationToken aborted)
    {
        if (!TryBegin(s => s.IsOpen ? new ImportState { Stage = ImportStage.Uploading, FileName = name, Size = size ?? 0 } : null))
            return false;
        var stopping = Stopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        try
        {
            _file = UploadFile.Create(database.File, FreeAt);
            await _file.ReceiveAsync(body, size, received => Tell(s => s with { Received = received }), either.Token);
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            End(ImportStage.Stopped, null);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            End(ImportStage.Failed, $"The upload broke off before its end: {e.Message}");
            return true;
        }
        catch (ImportException e)
        {
            End(ImportStage.Failed, e.Message);
            return true;
        }

        TryChange(s => s with { Stage = ImportStage.Checking });
        Run(() => ImportAsync(dryRun: true));
        return true;
    }

    /// <summary>Imports what the dry run has looked at.</summary>
    public void Import()
    {
        if (TryChange(s => s.Stage == ImportStage.Checked ? s with { Stage = ImportStage.Importing, Progress = default } : null))
            Run(() => ImportAsync(dryRun: false));
    }

    /// <summary>Puts aside what has ended; a file that waits for a decision goes.</summary>
    public void Dismiss()
    {
        // Once nothing runs any more another file may come; this one is the old.
        var file = _file;
        if (TryChange(s => s.IsRunning ? null : ImportState.None))
            file?.Dispose();
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        StorageScratch.RemoveLeftovers(database.File);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Clean();
    }

    /// <inheritdoc/>
    protected override ImportState? WithStopping(ImportState state) => state.IsRunning ? state with { IsStopping = true } : null;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Clean();
        base.Dispose(disposing);
    }

    private async Task ImportAsync(bool dryRun)
    {
        var path = _file!.Path;
        try
        {
            var report = await Importer.RunAsync(database, path, dryRun, new Relay<ImportProgress>(p => Tell(s => s with { Progress = p })), Stopping);
            if (dryRun)
                TryChange(s => s with { Stage = ImportStage.Checked, Report = report, Progress = default, IsStopping = false });
            else
                End(ImportStage.Done, null, report);
        }
        catch (OperationCanceledException)
        {
            End(ImportStage.Stopped, null);
        }
        catch (Exception e)
        {
            if (e is not (ImportException or DatabaseBusyException or SqliteException or IOException))
                logger.LogError(e, "An import from the page failed");
            End(ImportStage.Failed, Words(e).Replace(path, State.FileName, StringComparison.Ordinal));
        }
    }

    private void End(ImportStage stage, string? failure, ImportReport? report = null)
    {
        Clean();
        TryChange(s => s with { Stage = stage, Failure = failure, Report = report, Progress = default, IsStopping = false });
    }

    private void Clean()
    {
        _file?.Dispose();
        _file = null;
    }

    private static string Words(Exception e) => e switch
    {
        ImportException => e.Message,
        DatabaseBusyException => $"{e.Message} Nothing was written.",
        SqliteException => $"SQLite said: {e.Message} Nothing was written.",
        _ => $"{e.GetType().Name}: {e.Message} Nothing was written.",
    };
}
