using System.CommandLine;
using Duyetbot.Dashboard.Data;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>serve</c>: migrates, then serves until it is stopped.</summary>
public static class ServeCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("serve", "Migrates the database, then serves the dashboard (the default).") { CommonOptions.Urls };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Exit code 0 after an orderly stop, 1 with one sentence on the error stream when it cannot start.</summary>
    public static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        try
        {
            var settings = CommonOptions.Overrides(result);
            if (result.GetValue(CommonOptions.Urls) is { Length: > 0 } urls)
                settings["Urls"] = urls;
            await using var app = DashboardHost.Build(settings);
            DashboardHost.Migrate(app);
            await app.StartAsync(cancellationToken);
            DashboardHost.Announce(app, Console.Out);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is DatabaseRefusedException or StartupException or IOException or ArgumentException or Microsoft.Data.Sqlite.SqliteException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
