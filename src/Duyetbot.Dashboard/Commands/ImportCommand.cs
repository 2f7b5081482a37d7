using System.CommandLine;
using System.Diagnostics;
using Duyetbot.Dashboard.Data;
using Duyetbot.Dashboard.Import;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>import</c>: merges a D1 export, a SQLite file or a shared conversation into the database.</summary>
public static class ImportCommand
{
    private static readonly Argument<string> Input = new("FILE") { Description = "A SQL dump made by `wrangler d1 export` (also .gz), a SQLite file of any historical stage, or a conversation exported as JSON." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Writes nothing and prints the same report." };
    private static readonly Option<bool> Force = new("--force") { Description = "Takes a redacted conversation, too, whose users and ids are pseudonyms." };

    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("import", "Merges a D1 export, a SQLite file or an exported conversation into the database; doing it twice changes nothing.") { Input, DryRun, Force };
        command.SetAction(RunAsync);
        return command;
    }

    private static Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var dryRun = result.GetValue(DryRun);
        return CommandHost.RunAsync(result, dryRun, async (services, output) =>
        {
            var database = services.GetRequiredService<Database>();
            var started = Stopwatch.GetTimestamp();
            var report = await output.WithPhasesAsync<ImportProgress, ImportReport>(
                p => (p.Phase, p.Done, p.Total), progress => Importer.RunAsync(database, result.GetValue(Input)!, dryRun, result.GetValue(Force), progress, cancellationToken));
            var elapsed = Stopwatch.GetElapsedTime(started);
            ImportPrinter.Print(report, output, Console.Error);
            if (!dryRun)
                await CommandHost.RefreshRollupsAsync(services, output, cancellationToken);
            output.Line($"{(dryRun ? "Dry run, nothing was written" : "Done")}: {report.Read:N0} rows in {elapsed.TotalSeconds:0.0} s ({report.Read / Math.Max(0.001, elapsed.TotalSeconds):N0} rows/s).");
            return 0;
        });
    }
}
