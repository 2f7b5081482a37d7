using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Access;

/// <summary>Looks every few seconds whether the sign-in token has changed, and writes by the minute when API keys were last used.</summary>
internal sealed partial class AccessUpkeep(SignIns signIns, ApiKeys keys, TimeProvider time, ILogger<AccessUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private const int RoundsPerWrite = 12;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(() => keys.WriteUsesAsync(cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        for (var round = 1; ; round++)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(stoppingToken))
                    return;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await TryAsync(() =>
            {
                signIns.Refresh();
                return Task.CompletedTask;
            });
            if (round % RoundsPerWrite == 0)
                await TryAsync(() => keys.WriteUsesAsync(stoppingToken));
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is DatabaseBusyException or Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            LogLater(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The upkeep of sign-ins and keys did not work out; it is tried again.")]
    private static partial void LogLater(ILogger logger, Exception exception);
}
