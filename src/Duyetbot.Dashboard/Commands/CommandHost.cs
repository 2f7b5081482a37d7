using System.CommandLine;
using Dapper;
using Duyetbot.Dashboard.Data;
using Microsoft.Data.Sqlite;

namespace Duyetbot.Dashboard.Commands;

/// <summary>A command cannot do what it says; the message says why and what to do.</summary>
public sealed class CommandFailedException(string message) : Exception(message);

/// <summary>Runs a command on the migrated database with the product's services, without serving anything.</summary>
internal static class CommandHost
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    /// <summary>Exit code of the action; 1 with one sentence on the error stream when it fails.</summary>
    public static Task<int> RunAsync(ParseResult result, Func<IServiceProvider, CommandOutput, Task<int>> action) => RunAsync(result, dryRun: false, action);

    /// <summary>As the other; a dry run works on a migrated copy where the database is missing or waits for migrations, so that nothing is written.</summary>
    public static Task<int> RunAsync(ParseResult result, bool dryRun, Func<IServiceProvider, CommandOutput, Task<int>> action) => GuardAsync(async () =>
    {
        using var copy = dryRun ? DryRunCopy.Of(CommonOptions.DatabaseFile(result)) : null;
        var settings = CommonOptions.Overrides(result);
        if (copy is not null)
            settings["ConnectionStrings:Dashboard"] = copy.ConnectionString;
        await using var app = DashboardHost.Build(settings, b => b.Logging.AddFilter(level => level >= LogLevel.Warning));
        DashboardHost.Migrate(app);
        return await action(app.Services, new CommandOutput());
    });

    /// <summary>Exit code of the action; where it fails as a command may, 1 and one sentence on the error stream.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 1;
        }
        catch (Exception e) when (e is CommandFailedException or Import.ImportException or DatabaseRefusedException or DatabaseBusyException or StartupException or IOException or UnauthorizedAccessException or ArgumentException or SqliteException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Brings every sum and roll-up up to date, so that the first page after the command is quick.</summary>
    public static async Task RefreshRollupsAsync(IServiceProvider services, CommandOutput output, CancellationToken cancellationToken)
    {
        await WithDirtyProgressAsync(services, output, "Bringing sums and roll-ups up to date", () => services.GetRequiredService<DerivedData>().RefreshAsync(cancellationToken), cancellationToken);
        await services.GetRequiredService<Database>().WriteAsync(c => c.Execute("PRAGMA optimize"), cancellationToken);
    }

    /// <summary>Runs work on derived tables and says how many of their keys still wait.</summary>
    public static async Task WithDirtyProgressAsync(IServiceProvider services, CommandOutput output, string label, Func<Task> work, CancellationToken cancellationToken)
    {
        output.Line($"{label}.");
        var derived = services.GetRequiredService<DerivedData>();
        var running = work();
        while (await Task.WhenAny(running, Task.Delay(ProgressEvery, cancellationToken)) != running)
            output.Line($"{label}: {await derived.CountDirtyAsync(cancellationToken):N0} keys to go");
        await running;
    }
}
