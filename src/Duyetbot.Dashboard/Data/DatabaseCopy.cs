using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data;

/// <summary>A consistent copy of the database as one file: written beside its name, checked, on the disk, and only then given its name.</summary>
public static class DatabaseCopy
{
    /// <summary>Writes the copy; others may read and write the database meanwhile.</summary>
    /// <param name="file">The database.</param>
    /// <param name="path">Where the copy is to stand; a file there is replaced.</param>
    /// <param name="cancellationToken">Stops it; nothing is left then.</param>
    /// <returns>The copy's size in bytes.</returns>
    /// <exception cref="DatabaseRefusedException">The copy does not pass SQLite's integrity check; it is left for a look, and nothing was replaced.</exception>
    public static long Write(DatabaseFile file, string path, CancellationToken cancellationToken = default)
    {
        var partial = path + ".partial";
        Remove(partial);
        try
        {
            using (var reader = SqliteConnections.OpenUnpooled(file))
                reader.Interruptible(c => c.Run("VACUUM INTO @partial", ("@partial", partial)), cancellationToken);
            Check(partial, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Remove(partial);
            throw;
        }

        long size;
        // SQLite has closed the copy; this makes sure that it is on the disk before its name says so.
        using (var handle = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
        {
            handle.Flush(flushToDisk: true);
            size = handle.Length;
        }

        File.Move(partial, path, overwrite: true);
        return size;
    }

    /// <summary>Writes a copy that is read once: it is deleted when the stream is closed, also where nobody reads it to its end.</summary>
    /// <param name="file">The database.</param>
    /// <param name="path">Where the copy stands meanwhile.</param>
    /// <param name="cancellationToken">Stops it; nothing is left then.</param>
    /// <exception cref="DatabaseRefusedException">The copy does not pass SQLite's integrity check; it is deleted.</exception>
    public static Stream OpenTemporary(DatabaseFile file, string path, CancellationToken cancellationToken)
    {
        try
        {
            Write(file, path, cancellationToken);
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan | FileOptions.Asynchronous });
        }
        catch
        {
            Remove(path + ".partial");
            Remove(path);
            throw;
        }
    }

    /// <summary>What the database takes on the disk, in bytes, its write-ahead log aside.</summary>
    public static long SizeOf(DatabaseFile file)
    {
        using var reader = SqliteConnections.OpenUnpooled(file);
        return reader.Count("PRAGMA page_count") * reader.Count("PRAGMA page_size");
    }

    private static void Check(string partial, CancellationToken cancellationToken)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = partial, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString();
        using var copy = new SqliteConnection(connectionString);
        copy.Open();
        var result = copy.Interruptible(c => c.Text("PRAGMA integrity_check"), cancellationToken);
        if (result != "ok")
            throw new DatabaseRefusedException($"The database does not pass its own integrity check: {result}. Nothing was written to it; the copy is at {partial}.");
    }

    private static void Remove(string path)
    {
        foreach (var name in new[] { path, path + "-journal", path + "-wal", path + "-shm" })
            File.Delete(name);
    }
}
