using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared;

namespace Duyetbot.Dashboard.Features.Storage;

/// <summary>A file that arrives, in a folder of its own beside the database, where there is room for one; gone when it is disposed.</summary>
internal sealed class UploadFile : IDisposable
{
    private const int BufferBytes = 1 << 17;
    private const long LookEvery = 64L << 20;

    // The file itself, its rows in the scratch database, and the same rows in the dashboard's.
    private const int Times = 3;

    private readonly string _folder;
    private readonly Func<string, long> _freeAt;

    private UploadFile(string folder, Func<string, long> freeAt)
    {
        (_folder, _freeAt) = (folder, freeAt);
        Path = System.IO.Path.Combine(folder, "file");
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Makes the folder.</summary>
    public static UploadFile Create(DatabaseFile beside, Func<string, long> freeAt)
    {
        var folder = StorageScratch.Upload(beside);
        Directory.CreateDirectory(folder);
        return new UploadFile(folder, freeAt);
    }

    /// <summary>Writes what arrives, a piece at a time.</summary>
    /// <param name="body">What arrives.</param>
    /// <param name="size">All of it in bytes, where that is known.</param>
    /// <param name="received">Told how much has arrived.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ImportException">The disk has no room for it.</exception>
    public async Task ReceiveAsync(Stream body, long? size, Action<long> received, CancellationToken cancellationToken)
    {
        await using var file = File.Create(Path, BufferBytes, FileOptions.Asynchronous);
        var buffer = new byte[BufferBytes];
        var (total, look) = (0L, 0L);
        while (true)
        {
            if (total >= look)
            {
                EnsureRoom(Math.Max(size ?? 0, total), total);
                look = total + LookEvery;
            }

            var read = await body.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                return;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            received(total += read);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is removed by a later start.
        }
    }

    private void EnsureRoom(long size, long written)
    {
        var needed = (Times * size) - written;
        if (_freeAt(_folder) is var free && free < needed)
            throw new ImportException($"Its import needs {Formats.Bytes(needed)} more beside the database; {Formats.Bytes(Math.Max(0, free))} are free. Nothing was written.");
    }
}
