using System.CommandLine;
using Duyetbot.Dashboard.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>migrate</c>: applies pending migrations and prints what it did.</summary>
public static class MigrateCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Says what would be done and leaves the database as it is.",
    };

    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("migrate", "Applies pending migrations and prints what it did.") { DryRun };
        command.SetAction(result => Run(result, Console.Out, Console.Error));
        return command;
    }

    /// <summary>Exit code 0 when the database is, or with <c>--dry-run</c> can be, brought to this version's schema; 1 with one sentence on the error stream otherwise.</summary>
    public static int Run(ParseResult result, TextWriter output, TextWriter error)
    {
        try
        {
            var file = CommonOptions.DatabaseFile(result);
            var migrator = new Migrator(file, NullLogger<Migrator>.Instance);
            var dry = result.GetValue(DryRun);
            output.WriteLine($"Database  {file.FullPath}");
            Print(dry ? migrator.Preview() : migrator.Run(), dry, output);
            return 0;
        }
        catch (Exception e) when (e is DatabaseRefusedException or StartupException or IOException or UnauthorizedAccessException or ArgumentException or Microsoft.Data.Sqlite.SqliteException)
        {
            error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Print(MigrationReport report, bool dry, TextWriter output)
    {
        foreach (var name in report.Present)
            output.WriteLine($"present   {name}");
        foreach (var name in report.Recorded)
            output.WriteLine($"{(dry ? "to record" : "recorded ")} {name}");
        foreach (var name in report.Applied)
            output.WriteLine($"{(dry ? "pending  " : "applied  ")} {name}");
        foreach (var name in report.Remade)
            output.WriteLine($"{(dry ? "to remake" : "remade   ")} {name}");
        foreach (var count in report.Rescued)
            output.WriteLine($"{(dry ? "would move" : "moved")} {count.Table}: {count.Rows} rows = {count.Matched} matched + {count.Inserted} inserted + {count.Kept} kept");
        if (report.CopyPath is not null)
            output.WriteLine($"The database as it was: {report.CopyPath}");
        if (report.IsUpToDate)
            output.WriteLine("Up to date.");
        else if (dry)
            output.WriteLine("Nothing was written.");
    }
}
