using System.CommandLine;
using Duyetbot.Dashboard.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duyetbot.Dashboard.Commands;

/// <summary><c>migrate</c>: applies pending migrations and prints what it did.</summary>
public static class MigrateCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Create()
    {
        var command = new Command("migrate", "Applies pending migrations and prints what it did.");
        command.SetAction(result =>
        {
            new Migrator(CommonOptions.DatabaseFile(result), NullLogger<Migrator>.Instance).Run();
            return 0;
        });
        return command;
    }
}
