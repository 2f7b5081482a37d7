using System.Threading.Channels;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Import;
using Duyetbot.Dashboard.Shared;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Ingest;

/// <summary>Requests wait here for the one writer, which commits as many as stand in line in one transaction.</summary>
/// <remarks>Bounded: a request that finds no place is refused before its body is read, so nothing that was acknowledged can be lost and memory stays flat.</remarks>
public sealed class IngestWriter(Database database, TimeProvider time, ILogger<IngestWriter> logger) : BackgroundService
{
    /// <summary>How many requests are taken in at once.</summary>
    public const int Places = 16;

    private const int GroupRows = 20_000;

    private readonly Channel<Batch> _channel = Channel.CreateBounded<Batch>(Places);
    private int _inside;

    internal long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Takes a place in the queue, until it is disposed.</summary>
    /// <exception cref="OverloadException">All are taken.</exception>
    internal IDisposable Enter()
    {
        var place = new Place(this);
        if (Interlocked.Increment(ref _inside) <= Places)
            return place;
        place.Dispose();
        throw new OverloadException($"{Places} requests are being written already; nothing of this one was kept. Send it again.");
    }

    /// <summary>Writes the rows; returns after the commit.</summary>
    /// <exception cref="DatabaseBusyException">Another process holds the write lock; nothing was kept.</exception>
    /// <exception cref="OverloadException">The disk takes nothing more, or the product stops; nothing was kept.</exception>
    internal async Task<IngestAnswer> WriteAsync(IReadOnlyList<InputRow> rows, CancellationToken cancellationToken)
    {
        var batch = new Batch(rows, new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _channel.Writer.WriteAsync(batch, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw Stopping();
        }

        // Not cancelled with the request: the rows are written whether or not anyone still listens.
        return await batch.Done.Task;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _channel.Reader.WaitToReadAsync(stoppingToken))
                await WriteGroupAsync(TakeGroup(), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            _channel.Writer.TryComplete();
            while (_channel.Reader.TryRead(out var batch))
                batch.Done.TrySetException(Stopping());
        }
    }

    private List<Batch> TakeGroup()
    {
        var group = new List<Batch>();
        for (var rows = 0; rows < GroupRows && _channel.Reader.TryRead(out var batch); rows += batch.Rows.Count)
            group.Add(batch);
        return group;
    }

    private async Task WriteGroupAsync(List<Batch> group, CancellationToken stoppingToken)
    {
        try
        {
            var answers = await database.WriteAsync(c => group.ConvertAll(b => IngestMerge.Write(c, b.Rows)), stoppingToken);
            for (var i = 0; i < group.Count; i++)
                group[i].Done.TrySetResult(answers[i]);
        }
        catch (Exception e)
        {
            var refusal = e switch
            {
                OperationCanceledException => Stopping(),
                SqliteException s => new OverloadException($"The database takes nothing now ({s.SqliteErrorCode}); nothing of this request was kept. Send it again."),
                _ => e,
            };
            logger.LogWarning("Ingest of {Requests} requests was rolled back: {Reason}", group.Count, e.Message);
            foreach (var batch in group)
                batch.Done.TrySetException(refusal);
        }
    }

    private static OverloadException Stopping() => new("The dashboard is stopping; nothing of this request was kept. Send it again.");

    private sealed record Batch(IReadOnlyList<InputRow> Rows, TaskCompletionSource<IngestAnswer> Done);

    private sealed class Place(IngestWriter writer) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                Interlocked.Decrement(ref writer._inside);
        }
    }
}
