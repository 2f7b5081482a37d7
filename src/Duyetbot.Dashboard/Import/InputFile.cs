using System.IO.Compression;

namespace Duyetbot.Dashboard.Import;

/// <summary>Finds out what an input is by its first bytes: a SQLite file, a SQL dump, or either of them under gzip.</summary>
internal static class InputFile
{
    private const int HeadBytes = 4_096;

    /// <summary>The path of a plain file, unpacked into <paramref name="folder"/> when it is under gzip, and whether it is a SQLite file.</summary>
    /// <exception cref="ImportException">There is no such file, it cannot be read, is empty, or is damaged.</exception>
    public static async Task<(string Path, bool IsDatabase)> PrepareAsync(string path, string folder, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            throw new ImportException($"{path} is a folder. Name the dump or the SQLite file in it. Nothing was written.");
        if (!File.Exists(path))
            throw new ImportException($"There is no file {path}. Nothing was written.");
        // Messages name what was given, not what it was unpacked to.
        var given = path;
        try
        {
            var head = await HeadAsync(path, cancellationToken);
            if (head is [0x1F, 0x8B, ..])
            {
                path = await UnpackAsync(path, Path.Combine(folder, "unpacked"), progress, cancellationToken);
                head = await HeadAsync(path, cancellationToken);
            }

            if (head.AsSpan().StartsWith("SQLite format 3\0"u8))
                return (path, true);
            if (head.Length == 0)
                throw new ImportException($"{given} is empty. Nothing was written.");
            if (head.AsSpan().Contains((byte)0))
                throw new ImportException($"{given} is neither a SQL dump nor a SQLite database. Nothing was written.");
            return (path, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportException($"{given} cannot be read: {e.Message} Nothing was written.", e);
        }
    }

    private static async Task<byte[]> HeadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        var length = await file.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken);
        return head[..length];
    }

    private static async Task<string> UnpackAsync(string path, string target, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var packed = File.OpenRead(path);
            await using var plain = new GZipStream(packed, CompressionMode.Decompress);
            await using var file = File.Create(target);
            var buffer = new byte[1 << 20];
            int read;
            while ((read = await plain.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                progress?.Report(new("Unpacking", packed.Position, packed.Length));
            }

            return target;
        }
        catch (InvalidDataException e)
        {
            throw new ImportException($"{path} is a damaged or cut off gzip file. Nothing was written.", e);
        }
    }
}
