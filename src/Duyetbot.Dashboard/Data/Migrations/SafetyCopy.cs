namespace Duyetbot.Dashboard.Data;

/// <summary>The copy beside the database from before its first pending migration; the newest three stay.</summary>
internal static class SafetyCopy
{
    private const int Keep = 3;

    /// <summary>Writes, opens and checks the copy. The caller holds the write lock, so nothing changes meanwhile.</summary>
    /// <param name="file">The database.</param>
    /// <param name="number">The first pending migration.</param>
    /// <param name="freeBytes">The free space of a folder's volume.</param>
    /// <returns>The copy's path.</returns>
    /// <exception cref="DatabaseRefusedException">There is not enough space, or the copy does not pass its check.</exception>
    public static string Write(DatabaseFile file, int number, Func<string, long> freeBytes)
    {
        RequireSpace(file, freeBytes);
        var path = $"{file.FullPath}.before-{number:0000}.db";
        DatabaseCopy.Write(file, path);
        Prune(file);
        return path;
    }

    private static void RequireSpace(DatabaseFile file, Func<string, long> freeBytes)
    {
        // Once for the copy, and as much again and a half for the write-ahead log and what grows.
        var needed = DatabaseCopy.SizeOf(file) * 5 / 2;
        var free = freeBytes(file.Folder);
        if (free < needed)
            throw new DatabaseRefusedException($"The migration needs {Megabytes(needed)} MB of free space in {file.Folder} for a copy of the database and for its work; there are {Megabytes(free)} MB. Nothing was written.");
    }

    private static long Megabytes(long bytes) => (bytes + 1_048_575) / 1_048_576;

    private static void Prune(DatabaseFile file)
    {
        var copies = new DirectoryInfo(file.Folder)
            .GetFiles(Path.GetFileName(file.FullPath) + ".before-*.db")
            .OrderByDescending(f => f.LastWriteTimeUtc)
            .ThenByDescending(f => f.Name, StringComparer.Ordinal);
        foreach (var copy in copies.Skip(Keep))
            copy.Delete();
    }
}
