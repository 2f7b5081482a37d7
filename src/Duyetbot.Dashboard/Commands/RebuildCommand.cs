using System.CommandLine;
using System.Diagnostics;
using Dapper;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Data.Search;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>rebuild</c>: drops and makes anew everything that is derived from the two source tables.</summary>
public static class RebuildCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("rebuild", "Drops and makes anew everything that is derived: sums, roll-ups, the full-text index.");
        command.SetAction((result, token) => CommandHost.RunAsync(result, (services, output) => RunAsync(services, output, token)));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, CommandOutput output, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var derived = services.GetRequiredService<DerivedData>();
        await CommandHost.WithDirtyProgressAsync(services, output, "Making sums and roll-ups anew", () => derived.RebuildAsync(cancellationToken), cancellationToken);
        var index = services.GetRequiredService<SearchIndex>();
        await output.WithPhasesAsync<SearchProgress, bool>(p => ("Making the full-text index anew", p.Percent, 100), async progress =>
        {
            await index.RebuildAsync(progress, cancellationToken);
            return true;
        });
        await services.GetRequiredService<Database>().WriteAsync(c => c.Execute("PRAGMA optimize"), cancellationToken);
        output.Line($"Done in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s.");
        return 0;
    }
}
