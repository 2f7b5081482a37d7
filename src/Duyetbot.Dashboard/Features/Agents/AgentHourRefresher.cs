using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Features.Agents;

/// <summary>Refreshes dirty hours in the background; figures never depend on it, only their speed.</summary>
public sealed partial class AgentHourRefresher(AgentHourStore store, TimeProvider time, ILogger<AgentHourRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                try
                {
                    await store.RefreshAsync(stoppingToken);
                }
                catch (Exception e) when (e is DatabaseBusyException or QueryTimeoutException or SqliteException)
                {
                    LogWaiting(e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agents' hours wait: {Reason}")]
    private partial void LogWaiting(string reason);
}
