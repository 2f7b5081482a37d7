using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Data.Search;

/// <summary>Builds the full-text index in the background, newest messages first; short transactions with pauses between them, so that the bot's writes never wait long.</summary>
/// <remarks>Searches never depend on it: what the index lacks is looked through.</remarks>
public sealed class SearchBuilder(SearchIndex index, TimeProvider time, ILogger<SearchBuilder> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var pause = Idle;
                try
                {
                    if (await index.BuildSomeAsync(stoppingToken))
                        pause = Breath;
                }
                catch (Exception e) when (e is DatabaseBusyException or SqliteException or QueryTimeoutException)
                {
                    logger.LogWarning("The full-text index waits: {Reason}", e.Message);
                }

                await Task.Delay(pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
