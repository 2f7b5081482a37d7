using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>Names of what lies beside the database for a while, and its removal where a process was killed before it could.</summary>
internal static class StorageScratch
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    /// <summary>A new folder's path for a file that arrives.</summary>
    public static string Upload(DatabaseFile beside) => Path.Combine(beside.Folder, $".upload-{Guid.NewGuid():n}");

    /// <summary>A new path for a copy that is sent.</summary>
    public static string Backup(DatabaseFile beside) => Path.Combine(beside.Folder, $".backup-{Guid.NewGuid():n}");

    /// <summary>Removes what was left behind; what another process may still hold is younger.</summary>
    public static void RemoveLeftovers(DatabaseFile beside)
    {
        if (!Directory.Exists(beside.Folder))
            return;
        foreach (var entry in new DirectoryInfo(beside.Folder).EnumerateFileSystemInfos().Where(e => e.Name.StartsWith(".upload-", StringComparison.Ordinal) || e.Name.StartsWith(".backup-", StringComparison.Ordinal)).Where(e => DateTime.UtcNow - e.LastWriteTimeUtc > Forgotten).ToList())
        {
            try
            {
                if (entry is DirectoryInfo folder)
                    folder.Delete(recursive: true);
                else
                    entry.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Tried again at the next start.
            }
        }
    }
}
